// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Durations;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Scope;
import io.coffer.core.term.RotationConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `sys/rotate/config`: when scopes get new terms by themselves.
public final class RotateConfigRoutes {
    private static final Field SCOPE =
            Field.text("scope", "Of this scope alone; of all that have none of their own otherwise.");
    private static final Field[] FIELDS = {
        SCOPE,
        Field.flag("enabled", "Whether terms are rotated by these settings."),
        Field.duration("interval", "How long a term encrypts, at least 24h; 0 for as long as nobody rotates."),
        Field.number("max_operations", "How many values a term encrypts."),
        Field.number("max_bytes", "How many bytes a term encrypts; 0 for any."),
        Field.flag("auto_rewrap", "Whether values are moved to the new term after a rotation."),
        Field.text(
                "preset", "An interval by name: nist-high-volume (168h), nist-yearly (8760h), nist-longest (17520h).")
    };
    private static final String PRESET =
            "'preset' is nist-high-volume, nist-yearly or nist-longest, and then there is no 'interval'";

    private static final String WHOSE = "give the 'scope' that follows the settings of all again";

    private RotateConfigRoutes() {}

    public static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String path : List.of("rotate/config", "rotate/keyring/config")) {
            routes.add(Route.surveys(path, Operation.READ, "Return when terms are rotated.", RotateConfigRoutes::read)
                    .with(SCOPE)
                    .answering("`enabled`, `max_operations`, `interval` (0, or as `8760h0m0s`), `max_bytes`,"
                            + " `auto_rewrap`; of a scope: `scope`, and whether it is `inherited`"));
            routes.add(Route.governs(path, Operation.UPDATE, "Set when terms are rotated.", RotateConfigRoutes::write)
                    .with(FIELDS)
                    .answering(
                            "204, with all of them also if the former ones do not open",
                            "400 `max_operations must be in the range [1000000,3865470566]`",
                            "400 `interval must be greater or equal to 24h0m0s`",
                            "400 for another `preset`, `max_bytes` below 0, or a scope without a keyring"));
            routes.add(Route.governs(
                            path,
                            Operation.DELETE,
                            "Let a scope follow the settings of all again.",
                            RotateConfigRoutes::forget)
                    .with(SCOPE)
                    .answering("204", "400 `" + WHOSE + "`"));
        }
        return routes;
    }

    private interface Work {
        Response on(Optional<Scope> scope);
    }

    /// For the scope that is named and has a keyring, or for none.
    private static Response at(Call call, BarrierReader reader, Work work) {
        String name = call.request().values().text("scope").orElse("");
        if (name.isEmpty()) {
            return work.on(Optional.empty());
        }
        Optional<Scope> scope =
                ScopeName.of(name).filter(one -> reader.primary(one).isPresent());
        return scope.isEmpty() ? new Response.Invalid(ScopeName.UNKNOWN) : work.on(scope);
    }

    private static RotationConfig config(BarrierReader reader, Optional<Scope> scope) {
        return scope.map(one -> RotationConfig.of(reader, one)).orElseGet(() -> RotationConfig.general(reader));
    }

    private static Response read(Call call, BarrierReader reader) {
        return at(call, reader, scope -> {
            RotationConfig config = config(reader, scope);
            Json.Builder answer = Json.object()
                    .put("enabled", config.enabled())
                    .put("max_operations", config.maxOperations())
                    .put(
                            "interval",
                            config.interval().isZero() ? Json.of(0) : Json.of(Durations.format(config.interval())))
                    .put("max_bytes", config.maxBytes())
                    .put("auto_rewrap", config.autoRewrap());
            scope.ifPresent(one -> answer.put("scope", one.name())
                    .put("inherited", RotationConfig.own(reader, one).isEmpty()));
            return new Response.Ok(answer.build());
        });
    }

    private static Response write(Call call, BarrierWriter writer) {
        return at(call, writer, scope -> {
            Values values = call.request().values();
            RotationConfig before = isWhole(values) ? RotationConfig.NORMAL : config(writer, scope);
            Optional<String> name = values.text("preset").filter(text -> !text.isEmpty());
            Optional<RotationConfig.Preset> preset = name.flatMap(RotationConfig.Preset::named);
            Optional<Duration> given = values.duration("interval");
            if (name.isPresent() && (preset.isEmpty() || given.isPresent())) {
                return new Response.Invalid(PRESET);
            }
            RotationConfig config = new RotationConfig(
                    values.flag("enabled").orElse(before.enabled()),
                    preset.map(RotationConfig.Preset::interval).or(() -> given).orElse(before.interval()),
                    values.number("max_operations").orElse(before.maxOperations()),
                    values.number("max_bytes").orElse(before.maxBytes()),
                    values.flag("auto_rewrap").orElse(before.autoRewrap()));
            Optional<Response> refused = refusal(config);
            if (refused.isEmpty()) {
                config.write(writer, scope);
            }
            return refused.orElse(Response.NO_CONTENT);
        });
    }

    /// Whoever gives everything needs nothing of what was before, which may not open.
    private static boolean isWhole(Values values) {
        boolean interval = values.duration("interval").isPresent()
                || !values.text("preset").orElse("").isEmpty();
        return interval
                && values.flag("enabled").isPresent()
                && values.number("max_operations").isPresent()
                && values.number("max_bytes").isPresent()
                && values.flag("auto_rewrap").isPresent();
    }

    private static Optional<Response> refusal(RotationConfig config) {
        long operations = config.maxOperations();
        if (operations < RotationConfig.LEAST_OPERATIONS || operations > RotationConfig.MOST_OPERATIONS) {
            return Optional.of(new Response.Invalid("max_operations must be in the range ["
                    + RotationConfig.LEAST_OPERATIONS + "," + RotationConfig.MOST_OPERATIONS + "]"));
        }
        if (!config.interval().isZero() && config.interval().compareTo(RotationConfig.SHORTEST) < 0) {
            return Optional.of(new Response.Invalid(
                    "interval must be greater or equal to " + Durations.format(RotationConfig.SHORTEST)));
        }
        return config.maxBytes() < 0
                ? Optional.of(new Response.Invalid("'max_bytes' is not negative"))
                : Optional.empty();
    }

    private static Response forget(Call call, BarrierWriter writer) {
        return at(call, writer, scope -> {
            if (scope.isEmpty()) {
                return new Response.Invalid(WHOSE);
            }
            RotationConfig.forget(writer, scope.get());
            return Response.NO_CONTENT;
        });
    }
}
