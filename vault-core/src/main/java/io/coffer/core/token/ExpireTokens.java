// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes tokens away that have ended: the head of the index of ends, a bounded part at a time.
public final class ExpireTokens implements Job {
    /// The most tokens that one step takes away.
    static final int STEP = 500;

    private final Time time;

    public ExpireTokens(Time time) {
        this.time = time;
    }

    @Override
    public String name() {
        return "expire-tokens";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Instant now = time.now();
        List<StorageKey> due = barrier.survey(reader -> due(reader, now));
        if (!due.isEmpty()) {
            barrier.accepted(writer -> take(writer, due));
        }
        return due.size() == STEP ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    /// Read apart from what is written then: every new token changes the index, and none must make this run again.
    private static List<StorageKey> due(BarrierReader reader, Instant now) {
        Page<StorageKey> page = reader.scan(Layout.DUE, "", STEP);
        return page.items().stream()
                .takeWhile(key -> !Layout.Due.of(key).moment().isAfter(now))
                .toList();
    }

    private static boolean take(BarrierWriter writer, List<StorageKey> due) {
        for (StorageKey key : due) {
            Layout.Due entry = Layout.Due.of(key);
            TokenStore.load(writer, entry.id())
                    .filter(found -> found.token().life().expires().equals(Optional.of(entry.moment())))
                    .ifPresent(found -> Burial.of(writer, found, false));
            writer.delete(key);
        }
        return true;
    }
}
