// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Has leases taken back whose time is over: the head of the index of ends, a bounded part at a time.
public final class ExpireLeases implements Job {
    /// The most leases that one step takes back.
    static final int STEP = 500;

    private final LeaseStore leases;
    private final Ending ending;
    private final Time time;

    public ExpireLeases(LeaseStore leases, Ending ending, Time time) {
        this.leases = leases;
        this.ending = ending;
        this.time = time;
    }

    @Override
    public String name() {
        return "expire-leases";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Instant now = time.now();
        List<StorageKey> due = barrier.survey(reader -> due(reader, now));
        if (!due.isEmpty()) {
            barrier.accepted(writer -> take(writer, due, now));
        }
        return due.size() == STEP ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    /// Read apart from what is written then: every new lease changes the index, and none must make this run again.
    private static List<StorageKey> due(BarrierReader reader, Instant now) {
        return reader.scan(LeaseStore.DUE, "", STEP).items().stream()
                .takeWhile(key -> !LeaseStore.moment(key).isAfter(now))
                .toList();
    }

    private boolean take(BarrierWriter writer, List<StorageKey> due, Instant now) {
        for (StorageKey key : due) {
            Optional<Lease> lease = writer.get(key)
                    .flatMap(value -> leases.stored(writer, LeaseRecord.pointed(key, value)))
                    .filter(found -> LeaseStore.due(found).equals(key));
            lease.ifPresent(found -> ending.run(writer, found, false, now));
            if (lease.isEmpty()) {
                writer.delete(key);
            }
        }
        return true;
    }
}
