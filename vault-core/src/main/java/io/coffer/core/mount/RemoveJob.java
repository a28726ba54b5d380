// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.CorruptedException;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.lease.LeaseStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Removes mounts that are disabled, each when the last of its leases was taken back.
///
/// One that cannot be removed, since something of it cannot be read, holds no other up; it is told of when nothing
/// else is to be removed. One whose record cannot be read stays.
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
        Optional<CorruptedException> failed = Optional.empty();
        List<Mount> leaving = barrier.survey(reader -> mounts.read(reader).leaving());
        for (Mount mount : leaving) {
            try {
                if (isDone(barrier, mount)) {
                    barrier.accepted(writer -> remove(writer, mount));
                    return Optional.of(Duration.ZERO);
                }
            } catch (CorruptedException damaged) {
                failed = failed.or(() -> Optional.of(damaged));
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        return leaving.isEmpty() ? Optional.empty() : Optional.of(SOON);
    }

    private boolean isDone(Barrier barrier, Mount mount) {
        return !barrier.survey(reader -> leases.isEnding(reader, mount.uuid()));
    }

    private boolean remove(BarrierWriter writer, Mount mount) {
        if (mounts.read(writer).leaving().contains(mount)) {
            mounts.remove(writer, mount, time.now());
        }
        return true;
    }
}
