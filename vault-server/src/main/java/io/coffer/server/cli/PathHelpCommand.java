// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Tells what can be asked of a path.
final class PathHelpCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH", "Shows what can be asked of a path of the API.", List.of(), 1, 1);
    }

    @Override
    public int run(Invocation call) {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api().ask(ApiCall.get(path).with("help", "1"), "retrieving help of " + path);
        Json.Obj help = reply.object();
        call.output().value(help, Scalars.string(help.get("help")) + "\n");
        return 0;
    }
}
