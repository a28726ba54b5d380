// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Fields;
import io.coffer.server.cli.Output;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.SecretTable;
import io.coffer.server.cli.output.Table;

/// How one version of a secret shows: where it is, what is kept about it, and its data.
final class KvVersion {
    private KvVersion() {}

    /// The answer to a write of KV version 2.
    static void written(String path, Reply reply, Output output) {
        if (output.field().isPresent()) {
            output.field(
                    Fields.of(reply.object(), output.field().get()),
                    output.field().get());
            return;
        }
        if (reply.data().members().isEmpty()) {
            // Wrapped: where and how to unwrap it.
            output.secret(reply);
            return;
        }
        output.value(reply.object(), output.asTable() ? place(path) + titled("Metadata", reply.data()) : "");
        output.warnings(reply);
    }

    /// The answer to a read, in which data is null if the version is deleted or destroyed.
    static void read(String path, Reply reply, Output output) {
        Json.Obj metadata = Scalars.object(reply.data().get("metadata"));
        StringBuilder table = new StringBuilder();
        if (output.asTable()) {
            table.append(place(path)).append(titled("Metadata", metadata));
            if (reply.data().get("data") instanceof Json.Obj data) {
                table.append('\n').append(titled("Data", data));
            }
        }
        output.value(reply.object(), table.toString());
        output.warnings(reply);
    }

    static String titled(String title, Json.Obj data) {
        return Table.title(title, SecretTable.width(data)) + SecretTable.ofData(data);
    }

    private static String place(String path) {
        return Table.title("Secret Path", path.length()) + path + "\n\n";
    }
}
