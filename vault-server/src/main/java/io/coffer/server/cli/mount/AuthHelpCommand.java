// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Tells what a login method can do.
final class AuthHelpCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH", "Shows what can be asked of a login method, by its path.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api()
                .ask(ApiCall.get("auth/" + path + "/").with("help", "1"), "reading the help of auth/" + path + "/");
        Json.Obj help = reply.object();
        call.output().value(help, Scalars.string(help.get("help")) + "\n");
        return 0;
    }
}
