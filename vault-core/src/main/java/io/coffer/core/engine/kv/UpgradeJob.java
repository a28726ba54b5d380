// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Upgrades mounts of version 2 that still hold values of version 1. The request that gives a mount version 2 makes
/// work for it.
public final class UpgradeJob implements Job {
    private final Mounts mounts;
    private final Time time;
    private final Observer observer;

    public UpgradeJob(Mounts mounts, Time time, Observer observer) {
        this.mounts = mounts;
        this.time = time;
        this.observer = observer;
    }

    /// Tells which mounts there are.
    public interface Mounts {
        /// The folders of all mounts of type `kv` whose options say version 2.
        List<Folder> versioned(BarrierReader reader);
    }

    @Override
    public String name() {
        return "kv-upgrade";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Optional<Upgrade> upgrade = barrier.survey(reader -> mounts.versioned(reader).stream()
                .map(Upgrade::new)
                .filter(found -> found.pending(reader))
                .findFirst());
        if (upgrade.isEmpty()) {
            return Optional.empty();
        }
        for (StorageKey key : accepted(barrier, upgrade.get()).skipped()) {
            observer.observe(new Event.JobFailed(name(), "record " + key + " does not open and was passed over"));
        }
        return Optional.of(Duration.ZERO);
    }

    /// What one step did. It is accepted, not durable: nobody holds the vault open for a disk, and a step
    /// that is lost is done again.
    private Upgrade.Progress accepted(Barrier barrier, Upgrade upgrade) {
        Upgrade.Progress[] progress = {Upgrade.Progress.NOTHING};
        var step = barrier.write(writer -> {
                    progress[0] = upgrade.step(writer, time.now());
                    return true;
                })
                .toCompletableFuture();
        if (step.isCompletedExceptionally()) {
            throw new IllegalStateException("a step of the upgrade failed", step.exceptionNow());
        }
        return progress[0];
    }
}
