// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Capabilities;
import io.coffer.core.policy.Rule;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;
import java.util.Optional;

/// `sys/internal/ui`: what a client asks before it builds a path or a page: where a mount begins, which
/// version it has, what the caller may do.
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
                        .access(Access.ANYONE_NAMED),
                Route.surveys("internal/ui/mounts/:path*", Operation.READ, "Return the mount of a path.", this::mountOf)
                        .access(Access.ANY_TOKEN),
                Route.surveys(
                                "internal/ui/namespaces",
                                Operation.READ,
                                "List the namespaces below this one: there are none.",
                                (call, reader) -> new Response.Ok(Json.EMPTY))
                        .access(Access.ANY_TOKEN),
                Route.surveys(
                                "internal/ui/resultant-acl",
                                Operation.READ,
                                "Return all that the caller may do.",
                                (call, reader) -> resultant(call))
                        .access(Access.ANYONE_NAMED));
    }

    /// Without a token, only what is to be seen before a login.
    private Response list(Call call, BarrierReader reader) {
        if (isInvalid(call)) {
            return Response.Denied.PERMISSION;
        }
        boolean named = !call.caller().equals(Caller.NOBODY);
        Json.Builder secret = Json.object();
        Json.Builder auth = Json.object();
        for (Mount mount : mounts.read(reader).all()) {
            boolean open = mount.settings().listingVisibility().equals("unauth");
            if (!open && !call.caller().acl().reaches(mount.path())) {
                continue;
            }
            Json described = named ? mount.describe() : brief(mount.describe());
            if (mount.isAuth()) {
                auth.put(mount.path().substring(Mount.AUTH.length()), described);
            } else {
                secret.put(mount.path(), described);
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
        if (mount.isEmpty() || !call.caller().acl().reaches(mount.get().path())) {
            return new Response.Denied("preflight capability check returned 403, please ensure client's policies grant"
                    + " access to path \"" + path + "/\"");
        }
        return new Response.Ok(Json.object()
                .putAll(mount.get().describe())
                .put("path", mount.get().path())
                .build());
    }

    private static Response resultant(Call call) {
        if (call.caller().equals(Caller.NOBODY)) {
            return isInvalid(call) ? Response.Denied.PERMISSION : Response.NO_CONTENT;
        }
        Acl acl = call.caller().acl();
        if (acl.isRoot()) {
            return new Response.Ok(Json.object().put("root", true).build());
        }
        Json.Builder exact = Json.object();
        Json.Builder globs = Json.object();
        for (Rule rule : acl.rules()) {
            Capabilities shown = rule.capabilities().grants() ? rule.capabilities() : Capabilities.DENIED;
            Json.Obj capabilities =
                    Json.object().put("capabilities", Json.of(shown.names())).build();
            if (rule.isLiteral()) {
                exact.put(rule.pattern(), capabilities);
            } else {
                globs.put(rule.listedPattern(), capabilities);
            }
        }
        return new Response.Ok(Json.object()
                .put("root", false)
                .put("exact_paths", exact.build())
                .put("glob_paths", globs.build())
                .build());
    }

    /// Whether a token was sent that is none.
    private static boolean isInvalid(Call call) {
        return call.caller().equals(Caller.NOBODY)
                && call.request().incoming().credential().isPresent();
    }

    private static Json brief(Json.Obj described) {
        return Json.object()
                .put("type", described.get("type"))
                .put("description", described.get("description"))
                .put("options", described.get("options"))
                .build();
    }
}
