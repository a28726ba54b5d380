// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Shows which key the vault's own settings are encrypted under.
final class KeyStatusCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Shows the term of the present encryption key, since when it is used, and how often it was.",
                List.of(),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Json.Obj status = KeyStatus.ask(call);
        call.output().value(status, KeyStatus.table(status));
        return 0;
    }
}
