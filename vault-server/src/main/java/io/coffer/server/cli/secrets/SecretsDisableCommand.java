// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.secrets;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Unmounts a secrets engine. Its data is gone.
final class SecretsDisableCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH", "Unmounts a secrets engine and destroys its data. Nothing brings it back.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api().ask(ApiCall.delete("sys/mounts/" + path), "disabling " + path + "/");
        call.output().success("Disabled the secrets engine (if it existed) at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
