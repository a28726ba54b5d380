// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;
import static io.coffer.server.cli.output.Scalars.truth;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.List;
import java.util.Locale;

/// Moves values under older terms to the newest keys.
final class RewrapCommand implements Command {
    private static final ScopeFlag SCOPE = new ScopeFlag("Only this scope: keys, system, …, or the uuid of a mount.");
    private static final Flag RATE =
            Flag.number("rate", "N", "Values a second at most; 0 is as fast as it goes, whatever that does to others.");
    private static final Flag WATCH =
            Flag.on("watch", "Show how far it comes until it ends, or nothing is left but what cannot be read.");
    private static final Flag STATUS = Flag.on("status", "Only show how far it came; with -watch, go on doing so.");
    private static final Flag CANCEL = Flag.on("cancel", "End it; what was moved stays so.");

    private static final String PATH = "sys/rewrap";
    private static final long LOOK_MILLIS = 500;

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Encrypts every value that is under an older key anew, under the newest one, in the background. It goes"
                        + " on where it was after a seal or a restart, and slows down while others would wait for it. The"
                        + " exit code is 2 if a value does not open, cannot be read or is not found; what is known of it is named.",
                List.of(SCOPE.flag(), RATE, WATCH, STATUS, CANCEL),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        check(arguments);
        if (arguments.on(CANCEL)) {
            call.api().ask(ApiCall.delete(PATH), "ending the rewrap");
            call.output().success("Ended the rewrap, if one was under way");
            return 0;
        }
        if (!arguments.on(STATUS)) {
            Json.Builder body = Json.object();
            SCOPE.of(arguments).ifPresent(scope -> body.put("scope", scope));
            arguments.number(RATE).ifPresent(rate -> body.put("rate", rate));
            call.api().ask(ApiCall.put(PATH, body.build()), "starting a rewrap");
        }
        Json.Obj status = arguments.on(WATCH) ? watch(call) : status(call);
        call.output().value(status, table(status));
        boolean all = number(status.get("values_skipped")) == 0
                && Scalars.items(status.get("obstacles")).isEmpty()
                && !status.has("failure")
                && !isShort(status);
        return all ? 0 : Failure.REMOTE;
    }

    /// What has no effect is not passed over: who cancels one scope's rewrap would end that of all.
    private static void check(Arguments arguments) {
        boolean starts = arguments.given(SCOPE.flag()) || arguments.given(RATE);
        if (arguments.on(CANCEL) && (starts || arguments.on(STATUS) || arguments.on(WATCH))) {
            throw Failure.local("-cancel ends the rewrap that is under way, whatever its scopes, and stands alone");
        }
        if (arguments.on(STATUS) && starts) {
            throw Failure.local("-status only shows how far the rewrap came; -scope and -rate go with starting one");
        }
    }

    /// Whether it has ended while the census still counts values under older keys.
    private static boolean isShort(Json.Obj status) {
        return status.has("ended") && !truth(status.get("cancelled")) && number(status.get("values_left")) > 0;
    }

    private static Json.Obj status(Invocation call) {
        return call.api().ask(ApiCall.get(PATH), "reading the rewrap's state").data();
    }

    private static Json.Obj watch(Invocation call) {
        try (Progress progress = new Progress(call.terminal())) {
            Json.Obj status = status(call);
            while (truth(status.get("under_way")) && !truth(status.get("stands"))) {
                long moved = number(status.get("values_moved"));
                progress.show(moved, moved + number(status.get("values_left")), "values", left(status));
                rest();
                status = status(call);
            }
            return status;
        }
    }

    private static String left(Json.Obj status) {
        String rate = number(status.get("rate")) + "/s";
        return status.has("seconds_left")
                ? rate + ", " + Scalars.duration(number(status.get("seconds_left"))) + " left"
                : rate;
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.local("Interrupted; the rewrap goes on");
        }
    }

    private static String table(Json.Obj status) {
        Table table = Table.ofValues()
                .row("Under Way", Scalars.cell(status.get("under_way")).toLowerCase(Locale.ROOT));
        if (status.has("started")) {
            table.row("Started", string(status.get("started")))
                    .row("Values Moved", Long.toString(number(status.get("values_moved"))))
                    .row("Values Left", Long.toString(number(status.get("values_left"))))
                    .row("Values Skipped", Long.toString(number(status.get("values_skipped"))));
        }
        if (truth(status.get("under_way"))) {
            table.row("Rate", left(status)).row("Throttle", number(status.get("throttle")) + "%");
        } else if (status.has("ended")) {
            table.row(truth(status.get("cancelled")) ? "Cancelled" : "Ended", string(status.get("ended")));
        }
        for (Json name : Scalars.items(status.get("skipped"))) {
            table.row("Does Not Open", string(name));
        }
        for (Json met : Scalars.items(status.get("obstacles"))) {
            obstacle(table, Scalars.object(met));
        }
        if (status.has("failure")) {
            table.row("Failure", string(status.get("failure")));
        }
        if (status.has("advice")) {
            table.row("What To Do", string(status.get("advice")));
        }
        if (isShort(status)) {
            table.row(
                    "Not Found", "values that the census counts under older keys; 'coffer operator verify' names them");
        }
        if (truth(status.get("stands"))) {
            table.row("Stands", "true").row("Next Try", string(status.get("next_try")));
        }
        return table.toString();
    }

    private static void obstacle(Table table, Json.Obj met) {
        String after = string(met.get("after"));
        String place = string(met.get("scope")) + (after.isEmpty() ? "" : ", after " + after);
        table.row("Cannot Read", place).row("Reason", string(met.get("reason")));
    }
}
