// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Access;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;

/// What has to do with recovery shares, which a vault that is unsealed by shares has not: `sys/rekey-recovery-key/*`,
/// `sys/rotate/recovery/*`, and `sys/rotate/root` without shares. They only answer so.
public final class RecoveryRoutes {
    private static final Response NONE = new Response.Invalid("recovery rekeying not supported");
    private static final String HELP = "Only for a seal that opens by itself, which this vault has not.";

    private RecoveryRoutes() {}

    public static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String path : List.of("init", "verify", "update")) {
            for (Operation operation : List.of(Operation.READ, Operation.UPDATE, Operation.DELETE)) {
                if (!path.equals("update") || operation == Operation.UPDATE) {
                    routes.add(Route.acts("rekey-recovery-key/" + path, operation, HELP, (call, vault) -> NONE)
                            .access(Access.ANYONE_NAMED)
                            .shape(Shape.RAW));
                    routes.add(Route.acts("rotate/recovery/" + path, operation, HELP, (call, vault) -> NONE));
                }
            }
        }
        for (String path : List.of("rekey/recovery-key-backup", "rotate/recovery/backup")) {
            routes.add(Route.surveys(
                            path,
                            Operation.READ,
                            HELP,
                            (call, reader) -> new Response.Invalid("no backed-up keys found"))
                    .shape(Shape.INJECTED));
            routes.add(Route.surveys(path, Operation.DELETE, HELP, (call, reader) -> Response.NO_CONTENT));
        }
        routes.add(Route.surveys(
                "rotate/root",
                Operation.UPDATE,
                "Replace the root key without shares: never possible where shares open the vault.",
                (call, reader) -> new Response.Invalid("needs shares; use sys/rotate/root/init")));
        return routes;
    }
}
