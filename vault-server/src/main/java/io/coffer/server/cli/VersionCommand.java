// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.Release;
import java.util.List;

/// Prints this program's own version, which is not the level of the API that the daemon reports.
final class VersionCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape("", "Prints the version of this program.", List.of(), 0, 0);
    }

    @Override
    public int run(Invocation call) {
        String version = Release.current().version();
        call.output().value(Json.object().put("version", version).build(), "Coffer v" + version + "\n");
        return 0;
    }
}
