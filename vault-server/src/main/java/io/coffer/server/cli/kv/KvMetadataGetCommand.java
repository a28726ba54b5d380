// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Output;
import io.coffer.server.cli.Parameters;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows what is kept about a secret: its settings and each of its versions.
final class KvMetadataGetCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Shows the settings of a secret and its versions, without their data.",
                List.of(GlobalFlags.FIELD, KvPath.MOUNT),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        String path = KvPath.of(call).requireVersions("kv metadata").api("metadata");
        Reply reply = call.api().send(ApiCall.get(path), "reading " + path);
        if (reply.status() == 404) {
            throw Parameters.nothingAt(path, reply, call.output());
        }
        Api.accepted(reply, "reading " + path);
        Output output = call.output();
        if (!output.asTable()
                || output.field().isPresent()
                || reply.data().members().isEmpty()) {
            output.secret(reply);
        } else {
            output.text(table(path, reply.data()));
            output.warnings(reply);
        }
        return 0;
    }

    private static String table(String path, Json.Obj data) {
        Map<String, Json> settings = new LinkedHashMap<>(data.members());
        settings.remove("versions");
        StringBuilder table = new StringBuilder(Table.title("Metadata Path", path.length()))
                .append(path)
                .append("\n\n")
                .append(KvVersion.titled("Metadata", new Json.Obj(settings)));
        Json.Obj versions = Scalars.object(data.get("versions"));
        for (String number : numbered(versions)) {
            table.append('\n').append(KvVersion.titled("Version " + number, Scalars.object(versions.get(number))));
        }
        return table.toString();
    }

    private static List<String> numbered(Json.Obj versions) {
        List<String> numbers = new ArrayList<>(versions.members().keySet());
        numbers.sort((a, b) -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length()));
        return numbers;
    }
}
