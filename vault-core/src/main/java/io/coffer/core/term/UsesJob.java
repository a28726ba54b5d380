// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks the keys each second which of them were used, and saves it each minute. So a read only marks its key, and knows
/// no clock.
public final class UsesJob implements Job {
    static final Duration LOOK = Duration.ofSeconds(1);
    static final Duration SAVE = Duration.ofMinutes(1);

    /// How many scopes one transaction saves.
    static final int PAGE = 256;

    private final LastUses uses;
    private final Time time;
    private Optional<Duration> saved = Optional.empty();

    public UsesJob(LastUses uses, Time time) {
        this.uses = uses;
        this.time = time;
    }

    @Override
    public String name() {
        return "key uses";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Instant now = time.now();
        barrier.takeUses().forEach((scope, terms) -> uses.note(scope, terms, now));
        if (saved.isEmpty()) {
            saved = Optional.of(time.elapsed());
        }
        if (time.elapsed().minus(saved.get()).compareTo(SAVE) < 0) {
            return Optional.of(LOOK);
        }
        List<Scope> scopes = uses.unsaved(PAGE);
        if (!scopes.isEmpty()) {
            barrier.accepted(writer -> {
                uses.save(writer, scopes);
                return true;
            });
            uses.saved(scopes);
        }
        if (scopes.size() == PAGE) {
            return Optional.of(Duration.ZERO);
        }
        saved = Optional.of(time.elapsed());
        return Optional.of(LOOK);
    }
}
