// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.OpenApi;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;

/// `sys/internal/specs/openapi`: the routes of every mount that the caller may reach.
public final class SpecRoutes {
    private static final String PATH = "internal/specs/openapi";
    private static final String HELP = "Return an OpenAPI document of what the caller may reach.";

    private final MountTable mounts;

    public SpecRoutes(MountTable mounts) {
        this.mounts = mounts;
    }

    public List<Route> routes() {
        Field generic = Field.flag("generic_mount_paths", "Put a parameter where a mount stands.");
        return List.of(
                Route.surveys(PATH, Operation.READ, HELP, this::document)
                        .access(Access.ANYONE_NAMED)
                        .shape(Shape.RAW)
                        .with(generic),
                Route.surveys(PATH, Operation.UPDATE, HELP, this::document)
                        .access(Access.ANYONE_NAMED)
                        .shape(Shape.RAW)
                        .with(generic));
    }

    private Response document(Call call, BarrierReader reader) {
        boolean named = !call.caller().equals(Caller.NOBODY);
        if (!named && call.request().incoming().credential().isPresent()) {
            return Response.Denied.PERMISSION;
        }
        boolean generic = call.request().values().flag("generic_mount_paths").orElse(false);
        Mounts all = mounts.read(reader);
        OpenApi document = new OpenApi();
        for (Mount mount : all.all()) {
            boolean open = mount.settings().listingVisibility().equals("unauth");
            if (open || named && call.caller().acl().reaches(mount.path())) {
                all.route(mount.path())
                        .map(Mounts.Served::engine)
                        .ifPresent(engine -> add(document, mount, engine.routes(), generic && !mount.isBuiltIn()));
            }
        }
        return new Response.Ok(document.document());
    }

    /// The document of some routes of a mount.
    public static Json of(Mount mount, List<Route> routes) {
        OpenApi document = new OpenApi();
        document.add(mount.path(), List.of(), routes, tag(mount));
        return document.document();
    }

    private static String tag(Mount mount) {
        return mount.isAuth() ? "auth" : mount.type().equals("system") ? "system" : "secrets";
    }

    private static void add(OpenApi document, Mount mount, List<Route> routes, boolean generic) {
        String tag = tag(mount);
        String parameter = mount.type() + "_mount_path";
        if (generic) {
            document.add((mount.isAuth() ? Mount.AUTH : "") + "{" + parameter + "}/", List.of(parameter), routes, tag);
        } else {
            document.add(mount.path(), List.of(), routes, tag);
        }
    }
}
