// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.token.EndedPaths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Carries out what was ended by its path, an order after the other and a bounded part at a time. Those
/// leases are dead already.
public final class ClearLeases implements Job {
    static final int STEP = 500;

    private final LeaseStore leases;
    private final Ending ending;
    private final Time time;

    public ClearLeases(LeaseStore leases, Ending ending, Time time) {
        this.leases = leases;
        this.ending = ending;
        this.time = time;
    }

    /// @param ended what is under way: one order
    /// @param next where the next part begins; empty if this is the last
    private record Part(EndedPaths ended, List<String> ids, String next) {}

    @Override
    public String name() {
        return "clear-ended-leases";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Optional<Part> part = barrier.survey(this::look);
        part.ifPresent(found -> barrier.accepted(writer -> carryOut(writer, found)));
        return part.map(found -> Duration.ZERO);
    }

    private Optional<Part> look(BarrierReader reader) {
        EndedPaths ended = EndedPaths.of(reader, LeaseStore.ENDED).underway(1);
        if (ended.orders().isEmpty()) {
            return Optional.empty();
        }
        EndedPaths.Order order = ended.orders().getFirst();
        String path = order.folder();
        Folder folder = path.isEmpty() ? LeaseStore.IDS : LeaseStore.IDS.folder(path.substring(0, path.length() - 1));
        Page<StorageKey> page = reader.scan(folder, ended.place(), STEP);
        List<String> ids = page.items().stream()
                .map(LeaseStore.IDS::relative)
                .filter(id -> isCovered(reader, order, id))
                .toList();
        return Optional.of(
                new Part(ended, ids, page.more() ? folder.relative(page.items().getLast()) : ""));
    }

    /// One that has failed is on its way already, by its own time.
    private boolean isCovered(BarrierReader reader, EndedPaths.Order order, String id) {
        return leases.stored(reader, id)
                .filter(lease -> order.covers(lease.path(), lease.mount(), lease.issued()))
                .filter(lease -> order.force() || lease.failure().times() == 0)
                .isPresent();
    }

    private boolean carryOut(BarrierWriter writer, Part part) {
        if (!part.ended().isUnderway(writer, LeaseStore.ENDED, 1)) {
            return false;
        }
        boolean force = part.ended().orders().getFirst().force();
        part.ids().forEach(id -> leases.stored(writer, id)
                .ifPresent(lease -> ending.run(writer, lease, force, time.now())));
        if (part.next().isEmpty()) {
            EndedPaths.finish(writer, LeaseStore.ENDED, 1);
        } else {
            EndedPaths.advance(writer, LeaseStore.ENDED, 1, part.next());
        }
        return true;
    }
}
