// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.lease.Ending;
import io.coffer.core.lease.Lease;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.token.EndedPaths;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `sys/leases`: tells of leases, renews and ends them; under their older names too.
public final class LeaseRoutes {
    private static final Field ID = Field.text("lease_id", "The lease.");
    private static final Field INCREMENT =
            Field.duration("increment", "How long it is to live from now on; as its engine says, if absent.");
    private static final Field SYNC = Field.flag("sync", "Whether the answer waits for the leases to be taken back.")
            .or(Json.of(true));
    private static final Response NO_ID = new Response.Invalid("lease_id must be specified");
    private static final Response BUSY =
            new Response.Busy("too many prefixes are still being revoked; try again in a moment");

    private final LeaseStore leases;
    private final MountedLeases mounted;
    private final Ending ending;
    private final TokenStore tokens;

    public LeaseRoutes(LeaseStore leases, MountedLeases mounted, Ending ending, TokenStore tokens) {
        this.leases = leases;
        this.mounted = mounted;
        this.ending = ending;
        this.tokens = tokens;
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.surveys("leases/lookup", Operation.UPDATE, "Return what is known of a lease.", this::lookup)
                        .with(ID),
                Route.surveys("leases/lookup/:prefix*", Operation.LIST, "List leases by their path.", this::list)
                        .with(Paging.AFTER, Paging.LIMIT)));
        for (String place : List.of("leases/", "")) {
            routes.addAll(changing(place));
        }
        return routes;
    }

    private List<Route> changing(String place) {
        String renew = "Renew a lease.";
        String revoke = "Revoke a lease.";
        return List.of(
                Route.governs(place + "renew/:url_lease_id*", Operation.UPDATE, renew, this::renew)
                        .with(ID, INCREMENT),
                Route.governs(place + "revoke/:url_lease_id*", Operation.UPDATE, revoke, this::revoke)
                        .with(ID, SYNC),
                Route.governs(
                                place + "revoke-prefix/:prefix*",
                                Operation.UPDATE,
                                "Revoke all leases below a path.",
                                (call, writer) -> revokeBelow(call, writer, false))
                        .with(SYNC),
                Route.governs(
                        place + "revoke-force/:prefix*",
                        Operation.UPDATE,
                        "Forget all leases below a path, also those that cannot be taken back.",
                        (call, writer) -> revokeBelow(call, writer, true)));
    }

    private Response lookup(Call call, BarrierReader reader) {
        String id = id(call);
        if (id.isEmpty()) {
            return NO_ID;
        }
        return leases.find(reader, id, call.now())
                .<Response>map(lease -> new Response.Ok(Json.object()
                        .put("expire_time", Timestamps.format(lease.expires()))
                        .put("id", lease.id())
                        .put("issue_time", Timestamps.format(lease.issued()))
                        .put(
                                "last_renewal",
                                lease.renewed()
                                        .<Json>map(moment -> Json.of(Timestamps.format(moment)))
                                        .orElse(Json.NULL))
                        .put("path", lease.path())
                        .put("renewable", lease.renewable())
                        .put("ttl", lease.secondsLeft(call.now()))
                        .build()))
                .orElseGet(() -> new Response.Invalid("invalid lease"));
    }

    private Response list(Call call, BarrierReader reader) {
        String prefix = call.request().values().text("prefix").orElse("");
        return Listing.answer(call, reader, leases.ids().folder(prefix));
    }

    private Response renew(Call call, BarrierWriter writer) {
        String id = id(call);
        if (id.isEmpty()) {
            return NO_ID;
        }
        if (id.startsWith("auth/")) {
            return new Response.Invalid("tokens cannot be renewed through this endpoint");
        }
        Optional<Lease> stored = leases.stored(writer, id);
        Optional<Lease> lease = leases.find(writer, id, call.now());
        if (lease.isEmpty()) {
            return new Response.Invalid(stored.isPresent() ? "lease expired" : "lease not found");
        }
        if (!lease.get().renewable()) {
            return new Response.Invalid("lease is not renewable");
        }
        return mounted.renewal(writer, lease.get())
                .map(ground -> renewed(call, writer, lease.get(), ground))
                .orElseGet(() -> new Response.Invalid("lease is not renewable"));
    }

    private Response renewed(Call call, BarrierWriter writer, Lease lease, MountedLeases.Ground ground) {
        Duration increment = call.request().values().duration("increment").orElse(Duration.ZERO);
        Ttl.Terms terms = increment.isPositive() ? ground.terms().withTtl(increment) : ground.terms();
        Optional<Ttl> ttl = Ttl.of(terms, ground.mount(), lease.issued(), call.now());
        if (ttl.isEmpty()) {
            return new Response.Failed(Response.wrapped("past the max TTL, cannot renew"));
        }
        Lease longer = leases.renew(writer, lease, ground.terms(), ttl.get().granted(), call.now());
        return new Response.Leased(
                longer.id(),
                true,
                longer.secondsLeft(call.now()),
                Json.NULL,
                ttl.get().warnings());
    }

    private Response revoke(Call call, BarrierWriter writer) {
        String id = id(call);
        if (id.isEmpty()) {
            return NO_ID;
        }
        boolean sync = call.request().values().flag("sync").orElse(true);
        Optional<Lease> lease = leases.stored(writer, id);
        if (sync) {
            String error = lease.map(found -> ending.run(writer, found, false, call.now()))
                    .orElse("");
            return error.isEmpty() ? Response.NO_CONTENT : new Response.Invalid("failed to revoke the lease: " + error);
        }
        lease.ifPresent(found -> leases.end(writer, found, call.now()));
        return new Response.Accepted(List.of());
    }

    private Response revokeBelow(Call call, BarrierWriter writer, boolean force) {
        Values values = call.request().values();
        String prefix = values.captured("prefix");
        boolean sync = values.flag("sync").orElse(true);
        Optional<Lease> one = prefix.isEmpty() ? Optional.empty() : leases.stored(writer, prefix);
        if (prefix.isEmpty()) {
            return new Response.Invalid("give the path whose leases are to be revoked");
        }
        if (one.isPresent()) {
            String error = ending.run(writer, one.get(), force, call.now());
            return error.isEmpty() ? Response.NO_CONTENT : new Response.Invalid("failed to revoke the lease: " + error);
        }
        if (!endBelow(writer, prefix + "/", force, call.now())) {
            return BUSY;
        }
        return sync ? Response.NO_CONTENT : new Response.Accepted(List.of());
    }

    /// Also what a mount that has moved below this path made where it stood before.
    private boolean endBelow(BarrierWriter writer, String folder, boolean force, Instant now) {
        EndedPaths.Order here = new EndedPaths.Order(folder, now, force);
        boolean taken = leases.endBelow(writer, here) && tokens.endBelow(writer, here);
        for (MountTable.Former former : mounted.formerly(writer, folder)) {
            Mount mount = former.mount();
            EndedPaths.Order there = new EndedPaths.Order(former.folder(), now, force, mount.uuid());
            taken = taken && (mount.isAuth() ? tokens.endBelow(writer, there) : leases.endBelow(writer, there));
        }
        return taken;
    }

    private static String id(Call call) {
        Values values = call.request().values();
        return values.text("url_lease_id")
                .filter(text -> !text.isEmpty())
                .or(() -> values.text("lease_id"))
                .orElse("");
    }
}
