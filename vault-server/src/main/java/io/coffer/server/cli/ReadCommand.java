// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.util.List;

/// Reads whatever stands at a path.
final class ReadCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH [KEY=VALUE...]",
                "Reads what stands at a path of the API. The data goes along as the parameters of the query.",
                List.of(GlobalFlags.FIELD),
                1,
                Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String path = Words.path(call.arguments().word(0));
        ApiCall read = Parameters.of(ApiCall.get(path), call);
        Reply reply = call.api().send(read, "reading " + path);
        if (reply.status() == 404) {
            if (!reply.hasData()) {
                throw Parameters.nothingAt(path, reply, call.output());
            }
        } else {
            Api.accepted(reply, "reading " + path);
            if (reply.empty()) {
                throw Failure.remote("No value found at " + path);
            }
        }
        call.output().secret(reply);
        return 0;
    }
}
