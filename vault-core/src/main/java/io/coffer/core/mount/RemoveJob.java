// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.lease.LeaseStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Removes mounts that are disabled, each when the last of its leases was taken back.
public final class RemoveJob implements Job {
    private static final Duration SOON = Duration.ofMillis(200);

    private final MountTable mounts;
    private final LeaseStore leases;
    private final Time time;

    public RemoveJob(MountTable mounts, LeaseStore leases, Time time) {
        this.mounts = mounts;
        this.leases = leases;
        this.time = time;
    }

    @Override
    public String name() {
        return "remove-mounts";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        List<Mount> leaving = barrier.survey(reader -> mounts.read(reader).leaving());
        if (leaving.isEmpty()) {
            return Optional.empty();
        }
        Optional<Mount> done = barrier.survey(reader -> done(reader));
        done.ifPresent(mount -> barrier.accepted(writer -> remove(writer, mount)));
        return Optional.of(done.isPresent() ? Duration.ZERO : SOON);
    }

    private Optional<Mount> done(BarrierReader reader) {
        return mounts.read(reader).leaving().stream()
                .filter(mount -> !leases.isEnding(reader, mount.uuid()))
                .findFirst();
    }

    private boolean remove(BarrierWriter writer, Mount mount) {
        if (mounts.read(writer).leaving().contains(mount)) {
            mounts.remove(writer, mount, time.now());
        }
        return true;
    }
}
