// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Every path that no other route of version 2 has: most often one of version 1, so the answer tells what to do.
final class WrongPath {
    private static final Set<String> FOLDERS =
            Set.of("data", "metadata", "detailed-metadata", "delete", "undelete", "destroy", "subkeys");
    private static final Set<String> WITHOUT_NAME = Set.of("data", "metadata", "delete", "undelete", "destroy");

    private WrongPath() {}

    static List<Route> routes() {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation != Operation.HELP)
                .map(operation -> Route.reads(
                                SecretPath.CAPTURE,
                                operation,
                                "Tells that the path is none of version 2.",
                                (call, reader) -> answer(call))
                        .withOpenFields())
                .toList();
    }

    private static Response answer(Call call) {
        String path = call.request().values().captured("path");
        boolean asFolder = call.request().incoming().path().isFolder();
        if (WITHOUT_NAME.contains(path) && !asFolder) {
            return Gate.ROOT;
        }
        int slash = path.indexOf('/');
        boolean known = path.equals("config") && !asFolder
                || FOLDERS.contains(slash < 0 ? path : path.substring(0, slash)) && (slash > 0 || asFolder);
        return known
                ? new Response.NotAllowed("unsupported operation")
                : new Response.Gone(
                        Json.NULL, List.of(advice(call.request().incoming().operation())));
    }

    private static String advice(Operation operation) {
        String command =
                switch (operation) {
                    case READ -> "get";
                    case LIST -> "list";
                    case SCAN -> "scan";
                    case UPDATE -> "put";
                    case PATCH -> "patch";
                    case DELETE -> "delete";
                    case HELP -> "get";
                };
        return "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints"
                + " to use. If using the Coffer CLI, use 'coffer kv " + command + "' for this operation.";
    }
}
