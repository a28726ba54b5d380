// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;

/// A list of names, as all commands show it: a column in a table, a bare array elsewhere.
public final class Listing {
    private Listing() {}

    /// @return the exit code: an empty list is "not found", and where a program reads it an empty object
    /// comes first
    public static int show(ApiCall list, String path, Invocation call) {
        Reply reply = call.api().send(list, "listing " + path);
        if (reply.status() != 404) {
            Api.accepted(reply, "listing " + path);
        }
        Json keys = reply.empty() || reply.status() == 404 && !reply.hasData()
                ? Json.NULL
                : reply.data().get("keys");
        if (!(keys instanceof Json.Arr names) || names.items().isEmpty()) {
            Failure nothing = Parameters.nothingAt(path, reply, call.output());
            if (call.output().asTable()) {
                throw nothing;
            }
            call.output().tree(Json.EMPTY);
            return nothing.exit();
        }
        StringBuilder table = new StringBuilder("Keys\n----\n");
        for (Json name : names.items()) {
            table.append(Scalars.cell(name)).append('\n');
        }
        call.output().value(names, table.toString());
        call.output().warnings(reply);
        return 0;
    }
}
