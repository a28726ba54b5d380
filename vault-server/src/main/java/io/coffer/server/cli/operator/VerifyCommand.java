// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.truth;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Table;
import java.util.List;

/// Has every value of the store opened.
final class VerifyCommand implements Command {
    /// Read where the program begins: with it the store of a stopped daemon is verified, without its help.
    private static final Flag CONFIG = Flag.text(
            "config",
            "FILE",
            "Verify the store of a stopped daemon. It takes no other flag, asks for its key shares, and answers as JSON.");

    private static final String PATH = "sys/verify";
    private static final long LOOK_MILLIS = 300;

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Opens every value of the store to see whether it is what was encrypted there, and compares what lies"
                        + " there with the census. Ends with 2 if something is wrong, and names it.",
                List.of(CONFIG),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Json.Obj report = call.api()
                .ask(ApiCall.put(PATH, Json.object().build()), "starting a verification")
                .data();
        try (Progress progress = new Progress(call.terminal())) {
            while (truth(report.get("under_way"))) {
                progress.show(
                        number(report.get("values_verified")),
                        number(report.get("values")),
                        "values",
                        number(report.get("values_bad")) + " bad");
                rest();
                report = call.api()
                        .ask(ApiCall.get(PATH), "reading a verification's state")
                        .data();
            }
        }
        call.output().value(report, Table.ofValues().members(report).toString());
        return truth(report.get("sound")) ? 0 : 2;
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.local("Interrupted; the verification goes on");
        }
    }
}
