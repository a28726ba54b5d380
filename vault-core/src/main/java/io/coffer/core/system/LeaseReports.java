// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.lease.Lease;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `sys/leases` and `sys/leases/count`: the leases that nobody could take back, for an operator to look at; and
/// `sys/leases/tidy`.
public final class LeaseReports {
    private static final Field TYPE = Field.text("type", "Only irrevocable.");
    private static final Field LIMIT = Field.text("limit", "At most so many leases; none for all.");
    private static final int STANDARD = 10_000;
    private static final int PAGE = 500;

    private final LeaseStore leases;
    private final MountedLeases mounted;

    public LeaseReports(LeaseStore leases, MountedLeases mounted) {
        this.leases = leases;
        this.mounted = mounted;
    }

    public List<Route> routes() {
        return List.of(
                Route.surveys("leases/count", Operation.READ, "Count leases that cannot be taken back.", this::count)
                        .with(TYPE),
                Route.surveys("leases", Operation.READ, "List leases that cannot be taken back.", this::list)
                        .with(TYPE, LIMIT),
                Route.reads(
                        "leases/tidy",
                        Operation.UPDATE,
                        "Clear away what is left of leases.",
                        (call, reader) -> tidied()));
    }

    /// Leases and their indexes change together, so nothing is ever left; the answer is what clients expect.
    private static Response tidied() {
        return new Response.Accepted(List.of("Tidy operation successfully started. A lease and its indexes change in"
                + " one transaction here, so there is nothing to clear away."));
    }

    private Response count(Call call, BarrierReader reader) {
        if (!irrevocable(call)) {
            return Response.ABSENT;
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Lease lease : stuck(reader)) {
            counts.merge(mounted.mountOf(reader, lease), 1L, Long::sum);
        }
        Json.Builder by = Json.object();
        counts.forEach(by::put);
        return new Response.Ok(Json.object()
                .put("counts", by.build())
                .put(
                        "lease_count",
                        counts.values().stream().mapToLong(Long::longValue).sum())
                .build());
    }

    private Response list(Call call, BarrierReader reader) {
        if (!irrevocable(call)) {
            return Response.ABSENT;
        }
        String limit = call.request().values().text("limit").orElse("");
        if (!limit.matches("|none|[0-9]{1,9}")) {
            return new Response.Invalid("limit must be a number or none");
        }
        long most = limit.isEmpty() ? STANDARD : limit.equals("none") ? Long.MAX_VALUE : Long.parseLong(limit);
        List<Lease> all = stuck(reader);
        List<Json> shown = all.stream()
                .limit(most)
                .<Json>map(lease -> Json.object()
                        .put("error", lease.failure().error())
                        .put("lease_id", lease.id())
                        .put("mount_id", mounted.mountOf(reader, lease))
                        .build())
                .toList();
        return new Response.Ok(Json.object()
                .put("lease_count", all.size())
                .put("leases", new Json.Arr(shown))
                .build());
    }

    private static boolean irrevocable(Call call) {
        return call.request().values().text("type").orElse("").equals("irrevocable");
    }

    private List<Lease> stuck(BarrierReader reader) {
        List<Lease> found = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            Page<StorageKey> page = reader.scan(leases.stuck(), after, PAGE);
            page.items().forEach(key -> leases.stuck(reader, key).ifPresent(found::add));
            after = page.items().isEmpty()
                    ? after
                    : leases.stuck().relative(page.items().getLast());
            more = page.more();
        }
        return found;
    }
}
