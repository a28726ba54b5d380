// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Unmounts a secrets engine, or disables a login method. Its data is gone.
record DisableCommand(MountKind kind) implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH", kind.aboutDisabling(), List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api().ask(ApiCall.delete(kind.path(path)), "disabling " + path + "/");
        call.output().success("Disabled the " + kind.noun() + " (if it existed) at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
