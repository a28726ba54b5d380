// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;
import static io.coffer.server.cli.output.Scalars.truth;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;

/// How a seal status shows.
public final class SealStatus {
    private SealStatus() {}

    static ApiCall call() {
        return ApiCall.get("sys/seal-status").anonymous();
    }

    /// @param leader the answer of `sys/leader`, or an empty object where it is not known
    public static String table(Json.Obj status, Json.Obj leader) {
        boolean sealed = truth(status.get("sealed"));
        boolean recovery = truth(status.get("recovery_seal"));
        Table table = Table.ofValues()
                .row(recovery ? "Recovery Seal Type" : "Seal Type", string(status.get("type")))
                .row("Initialized", Scalars.cell(status.get("initialized")))
                .row("Sealed", Scalars.cell(status.get("sealed")))
                .row(recovery ? "Total Recovery Shares" : "Total Shares", Scalars.cell(status.get("n")))
                .row("Threshold", Scalars.cell(status.get("t")));
        if (sealed) {
            table.row("Unseal Progress", number(status.get("progress")) + "/" + number(status.get("t")))
                    .row("Unseal Nonce", string(status.get("nonce")));
            optional(table, "Unseal Expires", status, "expires");
        }
        if (truth(status.get("migration"))) {
            table.row("Seal Migration in Progress", "true");
        }
        table.row("Version", string(status.get("version")));
        table.row("Build Date", string(status.get("build_date")));
        table.row("Storage Type", string(status.get("storage_type")));
        optional(table, "Cluster Name", status, "cluster_name");
        optional(table, "Cluster ID", status, "cluster_id");
        if (leader.has("ha_enabled")) {
            boolean ha = truth(leader.get("ha_enabled"));
            table.row("HA Enabled", Boolean.toString(ha));
            if (ha) {
                table.row("HA Mode", sealed ? "sealed" : truth(leader.get("is_self")) ? "active" : "standby");
                optional(table, "Active Since", leader, "active_time");
                optional(table, "Active Node Address", leader, "leader_address");
            }
        }
        return table.toString();
    }

    private static void optional(Table table, String row, Json.Obj source, String name) {
        if (!string(source.get(name)).isEmpty()) {
            table.row(row, string(source.get(name)));
        }
    }
}
