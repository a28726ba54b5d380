// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.util.List;

/// Lists what stands below a path.
final class ListCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("PATH [KEY=VALUE...]", "Lists the names below a path of the API.", List.of(), 1, Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String path = Words.path(call.arguments().word(0));
        return Listing.show(Parameters.of(ApiCall.list(path), call), path + "/", call);
    }
}
