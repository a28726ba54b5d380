// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.auth;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.List;

/// Disables a login method. Whoever came in by it is out.
final class AuthDisableCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Disables a login method. Its users are gone, and every token that it gave ends at once.",
                List.of(),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api().ask(ApiCall.delete("sys/auth/" + path), "disabling auth method at " + path + "/");
        call.output().success("Disabled the auth method (if it existed) at: " + path + "/");
        call.output().warnings(reply);
        return 0;
    }
}
