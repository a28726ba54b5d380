// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Failures;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `sys/locked-users`: the names under which too many logins have failed, and letting them try again.
public final class LockedUserRoutes {
    private static final Set<String> COUNTED = Set.of("userpass", "approle", "ldap");

    private final MountTable mounts;
    private final MountDefaults standard;

    public LockedUserRoutes(MountTable mounts, MountDefaults standard) {
        this.mounts = mounts;
        this.standard = standard;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("locked-users", Operation.READ, "List the names that are locked out.", this::list)
                        .with(Field.text("mount_accessor", "The login method; all of them, if absent.")),
                Route.governs(
                        "locked-users/:mount_accessor/unlock/:alias_identifier",
                        Operation.UPDATE,
                        "Let a name that is locked out try again.",
                        this::unlock));
    }

    private Response list(Call call, BarrierReader reader) {
        String accessor = call.request().values().text("mount_accessor").orElse("");
        List<Json> each = new ArrayList<>();
        long total = 0;
        Mounts all = mounts.read(reader);
        for (Mount mount : all.all()) {
            if (isCounted(mount) && (accessor.isEmpty() || mount.accessor().equals(accessor))) {
                List<String> names =
                        Failures.of(mount.config(standard), call.now()).locked(reader);
                total += names.size();
                if (!names.isEmpty()) {
                    each.add(Json.object()
                            .put("mount_accessor", mount.accessor())
                            .put("counts", names.size())
                            .put("alias_identifiers", Json.of(names))
                            .build());
                }
            }
        }
        List<Json> spaces = each.isEmpty()
                ? List.of()
                : List.of(Json.object()
                        .put("namespace_id", "root")
                        .put("namespace_path", "")
                        .put("counts", total)
                        .put("mount_accessors", new Json.Arr(each))
                        .build());
        Json.Obj data = Json.object()
                .put("by_namespace", new Json.Arr(spaces))
                .put("total", total)
                .build();
        return new Response.Ok(data, 0, all.leftOut());
    }

    private Response unlock(Call call, BarrierWriter writer) {
        String accessor = call.request().values().captured("mount_accessor");
        String given = call.request().values().captured("alias_identifier");
        Optional<Mount> found = mounts.read(writer).loginWith(accessor).filter(LockedUserRoutes::isCounted);
        if (found.isEmpty()) {
            return new Response.Invalid("no login method that locks names out has this accessor; see sys/auth");
        }
        String name = found.get().type().equals("userpass") ? given.toLowerCase(Locale.ROOT) : given;
        Failures.of(found.get().config(standard), call.now()).forget(writer, name);
        return Response.NO_CONTENT;
    }

    private static boolean isCounted(Mount mount) {
        return mount.isAuth() && COUNTED.contains(mount.type());
    }
}
