// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.LeaseEngine;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `sys/mounts`: what stands where, and mounting and unmounting of secrets engines.
public final class MountRoutes {
    private static final Set<String> PROTECTED = Set.of("audit/", "auth/", "sys/", "cubbyhole/", "identity/");
    private static final Set<String> BUILT_IN = Set.of("system", "identity", "cubbyhole", "token");

    /// What whoever names no mount to take away is told.
    static final Response NO_MOUNT = new Response.NotAllowed(Response.wrapped("unsupported operation"));

    private static final String LIST_HELP = "List what is mounted.";

    private final MountTable mounts;
    private final LeaseStore leases;
    private final MountDefaults standard;

    public MountRoutes(MountTable mounts, LeaseStore leases, MountDefaults standard) {
        this.mounts = mounts;
        this.leases = leases;
        this.standard = standard;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("mounts", Operation.READ, LIST_HELP, (call, reader) -> list(reader))
                        .shape(Shape.INJECTED),
                Route.surveys("mounts/:path*", Operation.READ, "Return one mount.", this::read)
                        .shape(Shape.INJECTED),
                Route.governs("mounts/:path*", Operation.UPDATE, "Mount a secrets engine at a path.", this::enable)
                        .with(NewMount.FIELDS),
                Route.governs(
                        "mounts/:path*", Operation.DELETE, "Unmount an engine; its data is gone.", this::disable));
    }

    private Response list(BarrierReader reader) {
        Json.Builder shown = Json.object();
        Mounts all = mounts.read(reader);
        all.all().stream().filter(mount -> !mount.isAuth()).forEach(mount -> shown.put(mount.path(), mount.describe()));
        return new Response.Ok(shown.build(), 0, all.leftOut());
    }

    private Response read(Call call, BarrierReader reader) {
        String path = path(call);
        return mounts.read(reader)
                .at(path)
                .filter(mount -> !mount.isAuth())
                .<Response>map(mount -> new Response.Ok(mount.describe()))
                .orElseGet(() -> new Response.Invalid("No secret engine mount at " + path));
    }

    private Response enable(Call call, BarrierWriter writer) {
        NewMount asked = NewMount.of(call, path(call));
        String refusal = refusal(asked, writer);
        return refusal.isEmpty()
                ? asked.make(call, standard, mount -> mounts.add(writer, mount, call.now()))
                : new Response.Invalid(refusal);
    }

    private String refusal(NewMount asked, BarrierReader reader) {
        if (asked.named().isEmpty()) {
            return "backend type must be specified as a string";
        }
        if (asked.path().equals("/") || PROTECTED.stream().anyMatch(asked.path()::startsWith)) {
            return "cannot mount \"" + asked.path() + "\"";
        }
        if (BUILT_IN.contains(asked.type())) {
            return "mount type of \"" + asked.type() + "\" is not mountable";
        }
        String unfit = asked.refusal(mounts, reader);
        return unfit.isEmpty()
                ? mounts.read(reader)
                        .inTheWay(asked.path())
                        .map(mount -> mount.path().equals(asked.path())
                                ? "path is already in use at " + mount.path()
                                : "existing mount at " + mount.path())
                        .orElse("")
                : unfit;
    }

    private Response disable(Call call, BarrierWriter writer) {
        String path = path(call);
        if (path.equals("/")) {
            return NO_MOUNT;
        }
        Optional<Mount> mount = mounts.read(writer).at(path);
        boolean own = PROTECTED.contains(path) || path.startsWith(Mount.AUTH);
        if (own || mount.filter(Mount::isBuiltIn).isPresent()) {
            return new Response.Invalid("cannot unmount \"" + path + "\"");
        }
        boolean moved = mount.filter(found -> mounts.hasMoved(writer, found)).isPresent();
        if (mount.isPresent() && !leases.endOfMount(writer, mount.get().uuid(), moved ? "" : path, call.now())) {
            return new Response.Busy("too much is still being unmounted or revoked; try again in a moment");
        }
        mount.ifPresent(found -> remove(call, writer, found));
        return Response.NO_CONTENT;
    }

    private void remove(Call call, BarrierWriter writer, Mount mount) {
        boolean needed = mounts.read(writer)
                .withUuid(mount.uuid())
                .filter(served -> served.engine() instanceof LeaseEngine engine && engine.needsDataToTakeBack())
                .isPresent();
        if (needed) {
            mounts.retire(writer, mount);
        } else {
            mounts.remove(writer, mount, call.now());
        }
    }

    /// The path of a mount as it is stored; the router has made sure that it is canonical.
    static String path(Call call) {
        return new RequestPath(call.request().values().captured("path")).value() + "/";
    }
}
