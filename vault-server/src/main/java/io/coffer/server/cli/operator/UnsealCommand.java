// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.SealStatus;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;

/// Hands in one key share. Best typed at the prompt: then it stands in no file and no list of processes.
final class UnsealCommand implements Command {
    private static final Flag RESET = Flag.on("reset", "Discard the shares handed in so far.");
    private static final Flag MIGRATE = Flag.on("migrate", "Say that the seal is to be changed to another kind.");

    @Override
    public Shape shape() {
        return new Shape(
                "[SHARE|-]",
                "Hands in one key share: from a prompt that hides it, or with - from standard input. Each holder of a"
                        + " share runs this, until the threshold is reached.",
                List.of(RESET, MIGRATE),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Json.Obj status = (call.arguments().on(RESET) ? reset(call) : handIn(call)).object();
        call.output().value(status, SealStatus.table(status, Json.EMPTY));
        return 0;
    }

    private static Reply reset(Invocation call) {
        Json.Obj body = Json.object().put("reset", true).build();
        return call.api().ask(ApiCall.put("sys/unseal", body).anonymous(), "unsealing");
    }

    private static Reply handIn(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        Json.Obj more =
                arguments.on(MIGRATE) ? Json.object().put("migrate", true).build() : Json.EMPTY;
        ApiCall asked = ApiCall.put("sys/unseal", Body.NONE).anonymous();
        return new ShareSender(call).send(asked, more, arguments.optional(0), "unsealing");
    }
}
