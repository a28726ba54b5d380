// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.rewrap.Obstacles;
import io.coffer.core.rewrap.Pace;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.rewrap.RewrapSettings;
import io.coffer.core.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `sys/rewrap`: values under older terms are moved to the primary ones.
public final class RewrapRoutes {
    private static final String RATE = "'rate' is a number of values a second, or 0 for as fast as it goes";
    private static final String LATENCY =
            "'latency' is how many percent the median answer may take longer, 1 to " + RewrapSettings.MOST_LATENCY;

    private static final String STATUS = "`under_way`; of that one, or the last: `started`, `ended` and `cancelled`,"
            + " `scopes` (none for all), `values_moved`, `bytes_moved`, `values_left`, `values_skipped` and the first of"
            + " those in `skipped`, `rate_limit`; while under way: `scope`, `pass`, `rate` (values a second),"
            + " `throttle` (percent of the limit that is used), `seconds_left`, and where something cannot be read"
            + " `obstacles`, each with `scope`, `after` (the last value that was looked at before it, empty if none was)"
            + " and the `reason`; the `failure` of the last step, if it failed; with either, `advice` on what to do;"
            + " `stands`: whether nothing else is left or that failed, and the `next_try`;"
            + " `failure` and `advice` also if the record does not open";

    private static final String ADVICE = "stop the vault, keep a copy of its data directory, restore the newest backup"
            + " that 'coffer operator verify -config' finds sound, and start it: the rewrap goes on by itself. DELETE sys/rewrap ends it, and what it has not moved stays"
            + " under its present term, which cannot be destroyed then";

    private static final String ANEW =
            "the record does not open: POST sys/rewrap begins anew, and DELETE sys/rewrap takes"
                    + " the record away; whether one was under way, nobody knows";

    private final Pace pace;
    private final Obstacles obstacles;

    public RewrapRoutes(Pace pace, Obstacles obstacles) {
        this.pace = pace;
        this.obstacles = obstacles;
    }

    public List<Route> routes() {
        return List.of(reading(), starting(), cancelling(), settled(), configuring());
    }

    private Route reading() {
        return Route.surveys(
                        "rewrap",
                        Operation.READ,
                        "Return how far the rewrap came that is under way, or how the last one ended.",
                        (call, reader) -> answer(reader))
                .answering(STATUS);
    }

    private Route starting() {
        return Route.governs(
                        "rewrap",
                        Operation.UPDATE,
                        "Move every value that is under an older term to the primary one, in the background.",
                        this::start)
                .with(
                        Field.text("scope", "Only this scope: keys, one of the vault's own, or the uuid of a mount."),
                        Field.number("rate", "Values a second at most, 0 for as fast as it goes."))
                .answering(STATUS, "400 `no keyring is that of this 'scope'; …`", "400 `" + RATE + "`");
    }

    private static Route cancelling() {
        return Route.governs(
                        "rewrap",
                        Operation.DELETE,
                        "End the rewrap that is under way; what was moved stays so.",
                        (call, writer) -> {
                            Rewrap.cancel(writer, call.now());
                            return Response.NO_CONTENT;
                        })
                .answering("204, also if none was under way, or the record does not open: it is taken away");
    }

    private static Route settled() {
        return Route.surveys(
                        "rewrap/config",
                        Operation.READ,
                        "Return how much of the machine a rewrap may take.",
                        (call, reader) -> settings(reader))
                .answering("`rate`, `latency`");
    }

    private static Route configuring() {
        return Route.governs(
                        "rewrap/config",
                        Operation.UPDATE,
                        "Set how much of the machine a rewrap may take.",
                        RewrapRoutes::configure)
                .with(
                        Field.number("rate", "Values a second at most, 0 for as fast as it goes."),
                        Field.number("latency", "By how many percent the median answer may take longer meanwhile."))
                .answering(
                        "204, with both also if the former ones do not open",
                        "400 `" + RATE + "`",
                        "400 `" + LATENCY + "`");
    }

    private Response start(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        OptionalLong rate = values.number("rate");
        if (rate.isPresent() && rate.getAsLong() < 0) {
            return new Response.Invalid(RATE);
        }
        List<Scope> scopes = List.of();
        String name = values.text("scope").orElse("");
        if (!name.isEmpty()) {
            Optional<Scope> scope =
                    ScopeName.of(name).filter(found -> writer.primary(found).isPresent());
            if (scope.isEmpty()) {
                return new Response.Invalid(ScopeName.UNKNOWN);
            }
            scopes = List.of(scope.get());
        }
        List<String> warnings = new ArrayList<>(warnings(writer));
        Rewrap.damage(writer).ifPresent(reason -> {
            warnings.add("The former rewrap is lost: " + reason);
            obstacles.succeeded();
        });
        Rewrap rewrap = Rewrap.start(writer, scopes, rate, call.now());
        return new Response.Ok(describe(rewrap, writer), 0, warnings);
    }

    private Response answer(BarrierReader reader) {
        Optional<String> damage = Rewrap.damage(reader);
        if (damage.isPresent()) {
            return new Response.Ok(Json.object()
                    .put("under_way", false)
                    .put("failure", damage.get())
                    .put("advice", ANEW)
                    .put("stands", true)
                    .build());
        }
        return Rewrap.read(reader)
                .<Response>map(found -> new Response.Ok(describe(found, reader), 0, warnings(reader)))
                .orElseGet(() ->
                        new Response.Ok(Json.object().put("under_way", false).build()));
    }

    private static List<String> warnings(BarrierReader reader) {
        return RewrapSettings.damage(reader).stream()
                .map(reason ->
                        "The limits of sys/rewrap/config do not open, and those of a new vault hold until both are"
                                + " set anew: " + reason)
                .toList();
    }

    private Json.Obj describe(Rewrap rewrap, BarrierReader reader) {
        Json.Builder answer = Json.object().put("under_way", rewrap.isUnderWay());
        describe(answer, rewrap, RewrapSettings.orDefault(reader));
        return answer.build();
    }

    private void describe(Json.Builder answer, Rewrap rewrap, RewrapSettings settings) {
        Rewrap.Counts counts = rewrap.counts();
        answer.put("started", Timestamps.format(rewrap.started()))
                .put("scopes", Json.of(rewrap.scopes().stream().map(Scope::name).toList()))
                .put("values_moved", counts.moved())
                .put("bytes_moved", counts.bytes())
                .put("values_left", counts.left())
                .put("values_skipped", counts.skipped())
                .put("skipped", Json.of(counts.names()))
                .put("rate_limit", rewrap.rate().orElse(settings.rate()));
        rewrap.ended().ifPresent(ended -> answer.put("ended", Timestamps.format(ended))
                .put("cancelled", rewrap.cancelled()));
        if (rewrap.isUnderWay()) {
            double speed = pace.speed();
            answer.put("scope", rewrap.place().scope())
                    .put("pass", rewrap.place().pass())
                    .put("rate", Math.round(speed))
                    .put("throttle", Math.round(100 * pace.share()));
            if (speed >= 1 && !rewrap.place().counting()) {
                answer.put("seconds_left", (long) Math.ceil(counts.left() / speed));
            }
            describeObstacles(answer);
        }
    }

    private void describeObstacles(Json.Builder answer) {
        List<Obstacles.Obstacle> met = obstacles.all();
        String failure = obstacles.failure();
        if (!met.isEmpty()) {
            answer.put(
                    "obstacles",
                    new Json.Arr(met.stream().map(RewrapRoutes::obstacle).toList()));
        }
        if (!failure.isEmpty()) {
            answer.put("failure", failure);
        }
        if (!met.isEmpty() || !failure.isEmpty()) {
            answer.put("advice", ADVICE);
        }
        Optional<Instant> next = obstacles.nextTry();
        answer.put("stands", next.isPresent() || !failure.isEmpty());
        next.ifPresent(at -> answer.put("next_try", Timestamps.format(at)));
    }

    private static Json obstacle(Obstacles.Obstacle met) {
        return Json.object()
                .put("scope", met.scope().name())
                .put("after", met.after())
                .put("reason", met.reason())
                .build();
    }

    private static Response settings(BarrierReader reader) {
        RewrapSettings settings = RewrapSettings.read(reader);
        return new Response.Ok(Json.object()
                .put("rate", settings.rate())
                .put("latency", settings.latency())
                .build());
    }

    /// Who gives both needs nothing of what was before, which may not open.
    private static Response configure(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        OptionalLong givenRate = values.number("rate");
        OptionalLong givenLatency = values.number("latency");
        boolean whole = givenRate.isPresent() && givenLatency.isPresent();
        RewrapSettings before = whole ? RewrapSettings.DEFAULT : RewrapSettings.read(writer);
        long rate = givenRate.orElse(before.rate());
        long latency = givenLatency.orElse(before.latency());
        if (rate < 0) {
            return new Response.Invalid(RATE);
        }
        if (latency < 1 || latency > RewrapSettings.MOST_LATENCY) {
            return new Response.Invalid(LATENCY);
        }
        new RewrapSettings(rate, latency).write(writer);
        return Response.NO_CONTENT;
    }
}
