// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Has a key destroyed that no value needs.
final class KeysDestroyCommand implements Command {
    private static final String DOING = "destroying the key";
    private static final Flag NOW =
            Flag.on("now", "Hand in a key share: when enough have come, nothing is waited for.");

    @Override
    public Shape shape() {
        return new Shape(
                "SCOPE TERM [SHARE|-]",
                "Destroys a key that no value needs any more, after a time in which `operator keys restore` brings it"
                        + " back, and leaves a receipt. Rotate and rewrap the scope first. With -now, holders of key"
                        + " shares say one after the other that nothing is to be waited for; who gives none leaves the"
                        + " destruction with its waiting time.",
                List.of(NOW),
                2,
                3);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        ApiCall asked = ApiCall.put(KeyPath.of(arguments.word(0)) + "/" + arguments.word(1) + "/destroy", Json.EMPTY);
        Optional<String> share = arguments.optional(2);
        if (arguments.on(NOW) && share.isEmpty() && call.asks()) {
            announce(call, asked);
        }
        Reply reply = arguments.on(NOW) || share.isPresent()
                ? new ShareSender(call).send(asked, Json.EMPTY, share, DOING)
                : call.api().ask(asked, DOING);
        call.output().value(reply.data(), table(reply.data()));
        return 0;
    }

    /// Asks for the destruction without a share first, so that nobody types one for a key that is refused, and
    /// everybody sees how many are missing.
    private static void announce(Invocation call, ApiCall asked) {
        Json.Obj job = call.api().ask(asked, DOING).data();
        long given = number(job.get("progress"));
        long required = number(job.get("required"));
        call.output()
                .warn(given + " of " + required + " key shares have been handed in; " + (required - given)
                        + " more, and nothing is waited for.");
    }

    private static String table(Json.Obj job) {
        Table table = Table.ofValues()
                .row("Scope", string(job.get("scope")))
                .row("Terms", cell(job.get("terms")))
                .row("State", string(job.get("state")))
                .row("Destroy Time", string(job.get("destroy_time")))
                .row("Receipt", string(job.get("id")));
        if (number(job.get("progress")) > 0) {
            table.row("Shares", cell(job.get("progress")) + "/" + cell(job.get("required")));
        }
        return table.toString();
    }
}
