// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Tells what a token may do on a path.
final class TokenCapabilitiesCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[TOKEN|ACCESSOR|-] PATH",
                "Shows what a token may do on a path of the API; the one at hand if none is given.",
                List.of(Named.ACCESSOR),
                1,
                2);
    }

    @Override
    public int run(Invocation call) throws IOException {
        List<String> words = call.arguments().words();
        boolean accessor = call.arguments().on(Named.ACCESSOR);
        if (accessor && words.size() < 2) {
            throw Failure.local("-accessor needs the accessor of a token, and a path");
        }
        Json.Builder body =
                Json.object().put("paths", Json.of(List.of(words.getLast().strip())));
        String path = "sys/capabilities-self";
        if (accessor) {
            body.put("accessor", words.getFirst());
            path = "sys/capabilities-accessor";
        } else if (words.size() == 2) {
            body.put("token", Named.text(call, words.getFirst()));
            path = "sys/capabilities";
        }
        Reply reply = call.api().ask(ApiCall.post(path, body.build()), "listing capabilities");
        Json capabilities = reply.data().get("capabilities");
        List<String> names = new ArrayList<>();
        Scalars.items(capabilities).forEach(name -> names.add(Scalars.cell(name)));
        call.output().value(capabilities, String.join(", ", names) + "\n");
        return 0;
    }
}
