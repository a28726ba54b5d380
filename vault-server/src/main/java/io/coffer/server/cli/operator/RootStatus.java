// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Table;

/// How a root generation shows.
final class RootStatus {
    private RootStatus() {}

    static String table(Json.Obj status) {
        Table table = Table.ofValues()
                .row("Nonce", string(status.get("nonce")))
                .row("Started", cell(status.get("started")))
                .row("Progress", number(status.get("progress")) + "/" + number(status.get("required")))
                .row("Complete", cell(status.get("complete")));
        optional(table, "Started By", status, "started_by");
        optional(table, "Expires", status, "expires");
        optional(table, "PGP Fingerprint", status, "pgp_fingerprint");
        optional(table, "Encoded Token", status, "encoded_token");
        optional(table, "OTP", status, "otp");
        if (status.has("otp_length")) {
            table.row("OTP Length", cell(status.get("otp_length")));
        }
        return table.toString();
    }

    private static void optional(Table table, String row, Json.Obj status, String name) {
        if (!string(status.get(name)).isEmpty()) {
            table.row(row, string(status.get(name)));
        }
    }
}
