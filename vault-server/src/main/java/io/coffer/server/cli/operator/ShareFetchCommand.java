// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.Base64;
import java.util.List;

/// Lists the encrypted shares that wait for their holders, or writes one: pipe it to `age -d` or `gpg -d`.
final class ShareFetchCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "[GENERATION INDEX]",
                "Lists the encrypted key shares that wait for their holders; with GENERATION and INDEX writes that one"
                        + " to standard output, for `age -d -i KEY` or `gpg -d`. It works while the vault is sealed.",
                List.of(),
                0,
                2);
    }

    @Override
    public int run(Invocation call) {
        List<String> words = call.arguments().words();
        if (words.isEmpty()) {
            return list(call);
        }
        if (words.size() != 2) {
            throw Failure.local("give GENERATION and INDEX, as `coffer operator share fetch` lists them");
        }
        Reply reply = call.api()
                .send(
                        ApiCall.get("sys/share/delivery/" + words.get(0) + "/" + words.get(1))
                                .anonymous(),
                        "fetching the share");
        if (reply.status() == 404) {
            throw Failure.remote("no encrypted share waits there");
        }
        Json.Obj share = Api.accepted(reply, "fetching the share").object();
        if (!call.output().asTable()) {
            call.output().tree(share);
            return 0;
        }
        byte[] message = Base64.getDecoder().decode(Scalars.string(share.get("message")));
        call.terminal().out().write(message, 0, message.length);
        return 0;
    }

    private static int list(Invocation call) {
        Json.Obj all = call.api()
                .ask(ApiCall.get("sys/share/delivery").anonymous(), "listing encrypted shares")
                .object();
        Table table = new Table().head("Generation", "Index", "Kind", "Key");
        for (Json one : Scalars.items(all.get("shares"))) {
            Json.Obj share = Scalars.object(one);
            table.row(
                    Scalars.cell(share.get("generation")),
                    Scalars.cell(share.get("index")),
                    Scalars.string(share.get("kind")),
                    Scalars.string(share.get("fingerprint")));
        }
        call.output().value(all, table.toString());
        return 0;
    }
}
