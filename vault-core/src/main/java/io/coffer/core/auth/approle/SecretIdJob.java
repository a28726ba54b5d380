// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Folder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Clears secret ids away that are over, and those of deleted roles. Nobody waits for it: they let nobody in.
public final class SecretIdJob implements Job {
    private static final int STEP = 200;

    private final Mounts mounts;
    private final Time time;

    public SecretIdJob(Mounts mounts, Time time) {
        this.mounts = mounts;
        this.time = time;
    }

    /// Tells which mounts there are.
    public interface Mounts {
        /// The folders of all mounts of this login method.
        List<Folder> all(BarrierReader reader);
    }

    @Override
    public String name() {
        return "clear-secret-ids";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Instant now = time.now();
        Optional<Folder> mount = barrier.survey(reader -> mounts.all(reader).stream()
                .filter(folder -> SecretIds.pending(reader, folder, now))
                .findFirst());
        if (mount.isEmpty()) {
            return Optional.empty();
        }
        barrier.accepted(writer -> {
            SecretIds.clear(writer, mount.get(), now, STEP);
            return true;
        });
        return Optional.of(Duration.ZERO);
    }
}
