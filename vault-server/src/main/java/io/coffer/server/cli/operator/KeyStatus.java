// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;

/// How the status of the encryption keys shows.
final class KeyStatus {
    private KeyStatus() {}

    static Json.Obj ask(Invocation call) {
        return call.api()
                .ask(ApiCall.get("sys/key-status"), "reading key status")
                .data();
    }

    /// The same of one scope's primary key.
    static Json.Obj of(Invocation call, String scope) {
        Json.Obj found = call.api()
                .ask(ApiCall.get("sys/keys/" + scope), "reading the keys of a scope")
                .data();
        return Scalars.items(found.get("terms")).stream()
                .map(Scalars::object)
                .filter(term -> string(term.get("state")).equals("primary"))
                .findFirst()
                .orElse(Json.EMPTY);
    }

    static String table(Json.Obj status) {
        Table table = Table.ofValues()
                .row("Key Term", cell(status.get("term")))
                .row("Install Time", string(status.get("install_time")))
                .row("Encryption Count", cell(status.get("encryptions")));
        if (status.get("unfinished_rotation") instanceof Json.Obj unfinished) {
            table.row("Unfinished Rotation Since", string(unfinished.get("started")))
                    .row("Scopes Rotated", Long.toString(Scalars.number(unfinished.get("scopes_done"))));
        }
        return table.toString();
    }
}
