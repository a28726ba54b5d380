// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Changes what one key may still do.
///
/// @param verb of the path, as `restore`
/// @param done what is told then
record KeyChangeCommand(String verb, String about, String done) implements Command {
    static final KeyChangeCommand DEPRECATE = new KeyChangeCommand(
            "deprecate", "Lets a key that might have become the primary only decrypt any more.", "Deprecated key");
    static final KeyChangeCommand RESTORE =
            new KeyChangeCommand("restore", "Keeps a key that waits to be destroyed.", "Restored key");

    @Override
    public Shape shape() {
        return new Shape("SCOPE TERM", about, List.of(), 2, 2);
    }

    @Override
    public int run(Invocation call) {
        String path =
                KeyPath.of(call.arguments().word(0)) + "/" + call.arguments().word(1) + "/" + verb;
        call.api().ask(ApiCall.put(path, Json.EMPTY), "changing the key");
        call.output().success(done);
        return 0;
    }
}
