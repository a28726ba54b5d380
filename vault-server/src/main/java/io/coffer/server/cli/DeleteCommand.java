// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.util.List;

/// Deletes what stands at a path.
final class DeleteCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH [KEY=VALUE...]", "Deletes what stands at a path of the API.", List.of(), 1, Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String path = Words.path(call.arguments().word(0));
        Reply reply = call.api().ask(Parameters.of(ApiCall.delete(path), call), "deleting " + path);
        call.output().success("Data deleted (if it existed) at: " + path);
        call.output().warnings(reply);
        return 0;
    }
}
