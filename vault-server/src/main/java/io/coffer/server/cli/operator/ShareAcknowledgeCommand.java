// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.SecretInput;
import io.coffer.server.cli.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
        List<String> words = call.arguments().words();
        char[] share = new SecretInput(call).share(words.isEmpty() ? Optional.empty() : Optional.of(words.get(0)));
        Body body = Body.secret("key", share, "");
        try {
            call.api().ask(ApiCall.put("sys/share/acknowledge", body).anonymous(), "acknowledging the share");
        } finally {
            body.close();
        }
        call.output().success("The share has arrived; nothing waits for it any more.");
        return 0;
    }
}
