// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.mount.Moves;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `sys/remount`: a mount goes to another path with its data, keyring, settings, leases and the tokens that
/// it let in. It is one transaction, so it is done when it is answered.
public final class RemountRoutes {
    private static final Set<String> FIXED = Set.of("audit/", "sys/", "cubbyhole/", "identity/", "auth/token/");
    private static final String NOT_POLICIES = "The mount has moved. Policies that name its former path stay as they"
            + " are; leases from before keep their ids.";

    private final MountTable mounts;

    public RemountRoutes(MountTable mounts) {
        this.mounts = mounts;
    }

    public List<Route> routes() {
        return List.of(
                Route.governs("remount", Operation.UPDATE, "Move a mount, with all that it holds.", this::move)
                        .shape(Shape.INJECTED)
                        .with(
                                Field.text("from", "The path of the mount; a login method's begins with auth/."),
                                Field.text("to", "The path that it is to have.")),
                Route.surveys("remount/status/:migration_id", Operation.READ, "Tell how a move went.", this::status));
    }

    private Response move(Call call, BarrierWriter writer) {
        Values values = call.request().values();
        Optional<String> from = path(values, "from");
        Optional<String> to = path(values, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return new Response.Invalid("both 'from' and 'to' path must be specified as a string");
        }
        Mounts all = mounts.read(writer);
        Optional<String> refusal = refusal(all, from.get(), to.get());
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        Mount mount = all.at(from.get()).orElseThrow();
        Moves.Move move = new Moves.Move(RandomIds.uuid(call.random()), mount.path(), to.get());
        mounts.move(writer, mount, move.to());
        Moves.add(writer, move);
        return new Response.Ok(Json.object().put("migration_id", move.id()).build(), 0, List.of(NOT_POLICIES));
    }

    private static Optional<String> refusal(Mounts all, String from, String to) {
        boolean auth = from.startsWith(Mount.AUTH);
        if (isFixed(from)) {
            return Optional.of("cannot remount \"" + from + "\"");
        }
        if (isFixed(to)) {
            return Optional.of("cannot remount \"" + to + "\"");
        }
        if (auth != to.startsWith(Mount.AUTH)) {
            return Optional.of(
                    auth
                            ? "cannot remount auth mount to non-auth mount \"" + to + "\""
                            : "cannot remount secret mount to auth mount \"" + to + "\"");
        }
        if (all.at(from).isEmpty()) {
            return Optional.of("no matching mount at \"" + from + "\"");
        }
        return all.inTheWay(to).map(mount -> "path already in use at \"" + mount.path() + "\"");
    }

    private static boolean isFixed(String path) {
        return path.equals(Mount.AUTH) || FIXED.stream().anyMatch(path::startsWith);
    }

    /// A path in its one form; clients write it with '/' at either end or without.
    private static Optional<String> path(Values values, String field) {
        String text = values.text(field).orElse("");
        String trimmed = text.startsWith("/") ? text.substring(1) : text;
        String bare = trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        return bare.isEmpty() || !RequestPath.refusal(bare).isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestPath(bare).value() + "/");
    }

    private Response status(Call call, BarrierReader reader) {
        return Response.found(Moves.read(reader)
                .withId(call.request().values().captured("migration_id"))
                .map(move -> Json.object()
                        .put("migration_id", move.id())
                        .put(
                                "migration_info",
                                Json.object()
                                        .put("source_mount", move.from())
                                        .put("status", "success")
                                        .put("target_mount", move.to())
                                        .build())
                        .build()));
    }
}
