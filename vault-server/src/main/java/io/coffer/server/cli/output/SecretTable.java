// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.duration;
import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.quoted;
import static io.coffer.server.cli.output.Scalars.string;
import static io.coffer.server.cli.output.Scalars.truth;

import io.coffer.core.request.Json;

/// The rows of an answer in the vault's envelope: lease, token, wrapping and data, as far as there are any.
public final class SecretTable {
    private SecretTable() {}

    /// Empty if there is nothing to show.
    public static String of(Json.Obj envelope) {
        Table table = Table.ofValues();
        lease(envelope, table);
        if (envelope.get("auth") instanceof Json.Obj auth) {
            auth(auth, table);
        }
        if (envelope.get("wrap_info") instanceof Json.Obj wrap) {
            wrapping(wrap, table);
        }
        if (envelope.get("data") instanceof Json.Obj data) {
            data(data, table);
        }
        return table.size() == 2 ? "" : table.toString();
    }

    /// A table of an object's members alone.
    public static String ofData(Json.Obj data) {
        Table table = Table.ofValues();
        data(data, table);
        return table.toString();
    }

    private static void lease(Json.Obj envelope, Table table) {
        long seconds = number(envelope.get("lease_duration"));
        if (seconds <= 0) {
            return;
        }
        String id = string(envelope.get("lease_id"));
        if (id.isEmpty()) {
            table.row("refresh_interval", duration(seconds));
            return;
        }
        table.row("lease_id", id)
                .row("lease_duration", duration(seconds))
                .row("lease_renewable", cell(envelope.get("renewable")));
    }

    private static void auth(Json.Obj auth, Table table) {
        long seconds = number(auth.get("lease_duration"));
        table.row("token", string(auth.get("client_token")))
                .row("token_accessor", string(auth.get("accessor")))
                .row("token_duration", seconds == 0 ? "∞" : duration(seconds))
                .row("token_renewable", truth(auth.get("renewable")) ? "true" : "false")
                .row("token_policies", quoted(auth.get("token_policies")))
                .row("identity_policies", quoted(auth.get("identity_policies")))
                .row("policies", quoted(auth.get("policies")));
        Json.Obj metadata = Scalars.object(auth.get("metadata"));
        for (String name : Scalars.names(metadata)) {
            table.row("token_meta_" + name, cell(metadata.get(name)));
        }
    }

    private static void wrapping(Json.Obj wrap, Table table) {
        table.row("wrapping_token:", string(wrap.get("token")))
                .row("wrapping_accessor:", string(wrap.get("accessor")))
                .row("wrapping_token_ttl:", duration(number(wrap.get("ttl"))))
                .row("wrapping_token_creation_time:", string(wrap.get("creation_time")))
                .row("wrapping_token_creation_path:", string(wrap.get("creation_path")));
        if (wrap.has("wrapped_accessor")) {
            table.row("wrapped_accessor:", string(wrap.get("wrapped_accessor")));
        }
    }

    private static void data(Json.Obj data, Table table) {
        for (String name : Scalars.names(data)) {
            Json value = data.get(name);
            boolean seconds = value instanceof Json.Num && Scalars.namesSeconds(name);
            table.row(name, seconds ? duration(number(value)) : cell(value));
        }
    }

    /// The width of that table's narrowest form, for the title above it.
    public static int width(Json.Obj data) {
        int longest = 0;
        for (String name : data.members().keySet()) {
            longest = Math.max(longest, name.length());
        }
        return longest + 4 + "Value".length();
    }
}
