// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Token;
import java.util.List;
import java.util.Optional;

/// `sys/internal/ui/mounts`: what a client asks before it builds a path, to learn where a mount begins and which
/// version it has.
public final class InternalRoutes {
    private final MountTable mounts;

    public InternalRoutes(MountTable mounts) {
        this.mounts = mounts;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys(
                                "internal/ui/mounts",
                                Operation.READ,
                                "List the mounts that the caller may reach.",
                                this::list)
                        .access(Access.ANY_TOKEN),
                Route.surveys("internal/ui/mounts/:path*", Operation.READ, "Return the mount of a path.", this::mountOf)
                        .access(Access.ANY_TOKEN));
    }

    private Response list(Call call, BarrierReader reader) {
        Json.Builder secret = Json.object();
        Json.Builder auth = Json.object();
        for (Mount mount : mounts.read(reader).all()) {
            if (!mayReach(call)) {
                continue;
            }
            if (mount.isAuth()) {
                auth.put(mount.path().substring(Mount.AUTH.length()), mount.describe());
            } else {
                secret.put(mount.path(), mount.describe());
            }
        }
        return new Response.Ok(Json.object()
                .put("auth", auth.build())
                .put("secret", secret.build())
                .build());
    }

    private Response mountOf(Call call, BarrierReader reader) {
        String path = call.request().values().captured("path");
        Optional<Mount> mount = mounts.read(reader).route(path).map(Mounts.Served::mount);
        if (mount.isEmpty() || !mayReach(call)) {
            return new Response.Denied("preflight capability check returned 403, please ensure client's policies grant"
                    + " access to path \"" + path + "/\"");
        }
        return new Response.Ok(Json.object()
                .putAll(mount.get().describe())
                .put("path", mount.get().path())
                .build());
    }

    private static boolean mayReach(Call call) {
        return call.caller().policies().contains(Token.ROOT_POLICY);
    }
}
