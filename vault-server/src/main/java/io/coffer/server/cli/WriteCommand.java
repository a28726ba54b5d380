// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.SecretTable;
import java.io.IOException;
import java.util.List;

/// Writes data to a path.
final class WriteCommand implements Command {
    private static final Flag FORCE =
            Flag.on("force", "Write without any data.").or("f");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH [KEY=VALUE|KEY=@FILE|KEY=-|@FILE|-]...",
                "Writes data to a path of the API. A value that starts with @ is read from that file, one that is -"
                        + " from standard input; @FILE and - alone are a whole JSON object.",
                List.of(GlobalFlags.FIELD, FORCE),
                1,
                Shape.ANY);
    }

    @Override
    public int run(Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        String path = Words.path(words.get(0));
        if (words.size() == 1 && !call.arguments().on(FORCE)) {
            throw Failure.local("Must supply data or use -force");
        }
        Json.Obj data =
                DataArguments.of(words.subList(1, words.size()), call.terminal().in());
        ApiCall write = data.members().isEmpty() ? ApiCall.put(path, Body.NONE) : ApiCall.put(path, data);
        Reply reply = call.api().ask(write, "writing data to " + path);
        if (reply.empty()
                || call.output().asTable() && SecretTable.of(reply.envelope()).isEmpty()) {
            call.output().success("Data written to: " + path);
            call.output().warnings(reply);
            return 0;
        }
        call.output().secret(reply);
        return 0;
    }
}
