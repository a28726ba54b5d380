// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.items;
import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;
import static io.coffer.server.cli.output.Scalars.truth;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.List;

/// How a rekey shows.
final class RekeyTable {
    private RekeyTable() {}

    static String status(Json.Obj status) {
        Table table =
                Table.ofValues().row("Nonce", string(status.get("nonce"))).row("Started", cell(status.get("started")));
        if (truth(status.get("started"))) {
            table.row("Rekey Progress", number(status.get("progress")) + "/" + number(status.get("required")))
                    .row("New Shares", cell(status.get("n")))
                    .row("New Threshold", cell(status.get("t")))
                    .row("Verification Required", cell(status.get("verification_required")));
            optional(table, "Verification Nonce", status, "verification_nonce");
            people(table, status);
        }
        optional(table, "Previous Generation", status, "previous_generation");
        return table.toString();
    }

    /// A plan that was asked for with -dry-run.
    static String plan(Json.Obj plan) {
        Table table = Table.ofValues()
                .row("New Shares", cell(plan.get("n")))
                .row("New Threshold", cell(plan.get("t")))
                .row("Shares Needed", cell(plan.get("required")))
                .row("New Generation", cell(plan.get("new_generation")))
                .row("Verification Required", cell(plan.get("verification_required")));
        people(table, plan);
        return table.toString();
    }

    static String proof(Json.Obj status) {
        Table table = Table.ofValues()
                .row("New Shares", cell(status.get("n")))
                .row("New Threshold", cell(status.get("t")))
                .row("Verification Nonce", string(status.get("nonce")))
                .row(
                        "Verification Progress",
                        number(status.get("progress")) + "/"
                                + number(status.has("required") ? status.get("required") : status.get("t")));
        people(table, status);
        return table.toString();
    }

    /// The new shares, for people and for scripts that look for these lines.
    static String made(Json.Obj made) {
        StringBuilder text = new StringBuilder();
        List<Json> fingerprints = items(made.get("pgp_fingerprints"));
        int number = 1;
        for (Json share : items(made.get("keys_base64"))) {
            text.append("Key ").append(number);
            if (number <= fingerprints.size()) {
                text.append(" fingerprint: ")
                        .append(Scalars.string(fingerprints.get(number - 1)))
                        .append("; value: ");
            } else {
                text.append(": ");
            }
            text.append(Scalars.string(share)).append('\n');
            number++;
        }
        text.append("\nOperation nonce: ").append(string(made.get("nonce"))).append('\n');
        return text.append(truth(made.get("verification_required")) ? waits(made) : done(number - 1))
                .toString();
    }

    private static String waits(Json.Obj made) {
        return "\nThe new shares open nothing yet, and the former ones go on. Give each new share to its holder,\n"
                + "now: they are not shown again. Each holder then runs\n\n    coffer operator rekey -verify -nonce="
                + string(made.get("verification_nonce"))
                + "\n\nuntil there are enough of them; from then on the new shares are the only ones.\n"
                + "\nVerification Nonce: " + string(made.get("verification_nonce")) + "\n";
    }

    private static String done(int shares) {
        return "\nThe vault has " + shares + " new shares, and the former ones open nothing any more. Give each new\n"
                + "share to its holder, now: they are not shown again.\n";
    }

    private static void people(Table table, Json.Obj status) {
        optional(table, "Started By", status, "started_by");
        optional(table, "Expires", status, "expires");
        List<Json> holders = items(status.get("share_holders"));
        List<Json> fingerprints = items(status.get("pgp_fingerprints"));
        for (int i = 0; i < fingerprints.size(); i++) {
            String name =
                    i < holders.size() ? string(Scalars.object(holders.get(i)).get("name")) + ", " : "";
            table.row("New Share " + (i + 1) + " For", name + string(fingerprints.get(i)));
        }
        if (truth(status.get("backup"))) {
            table.row("Backup", "true");
        }
    }

    private static void optional(Table table, String row, Json.Obj status, String name) {
        String value = status.get(name) instanceof Json.Num ? cell(status.get(name)) : string(status.get(name));
        if (!value.isEmpty()) {
            table.row(row, value);
        }
    }
}
