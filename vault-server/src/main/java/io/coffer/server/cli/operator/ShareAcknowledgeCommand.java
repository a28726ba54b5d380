// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;

/// Tells the vault by a share that it has arrived; its encrypted form is removed then.
final class ShareAcknowledgeCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[SHARE|-]",
                "Tells the vault that a key share has arrived, by the share itself; its encrypted form, which waited,"
                        + " is removed. It works while the vault is sealed.",
                List.of(),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        ApiCall asked = ApiCall.put("sys/share/acknowledge", Body.NONE).anonymous();
        new ShareSender(call).send(asked, Json.EMPTY, call.arguments().optional(0), "acknowledging the share");
        call.output().success("The share has arrived; nothing waits for it any more.");
        return 0;
    }
}
