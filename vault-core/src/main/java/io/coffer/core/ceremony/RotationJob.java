// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import io.coffer.core.term.Deprecations;
import io.coffer.core.term.RotationConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Gives a scope a new term when its {@link RotationConfig} says so, and well before its algorithm's bound. Looks at
/// every scope once a minute.
public final class RotationJob implements Job {
    static final Duration EVERY = Duration.ofMinutes(1);

    /// What is left of a bounded algorithm's half for the minute until it looks again: nobody writes as much in one.
    static final long MARGIN = 1L << 27;

    private static final int STEP = 64;

    private final Census census;
    private final Time time;
    private final Observer observer;
    private final FollowingRewrap following;
    private String after = "";

    public RotationJob(Census census, Time time, Observer observer) {
        this.census = census;
        this.time = time;
        this.observer = observer;
        this.following = new FollowingRewrap(time, observer);
    }

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Page<Scope> page = barrier.survey(reader -> after.isEmpty()
                ? new Page<>(List.of(Scope.KEYS), true)
                : reader.scopes(after.equals(Scope.KEYS.name()) ? "" : after, STEP));
        page.items().forEach(scope -> look(barrier, scope));
        after = page.more() ? page.items().getLast().name() : "";
        return Optional.of(page.more() ? Duration.ZERO : EVERY);
    }

    /// One scope whose keyring does not open keeps no other one from its rotation.
    private void look(Barrier barrier, Scope scope) {
        try {
            if (barrier.survey(reader -> isDue(reader, scope)) && barrier.accepted(writer -> rotate(writer, scope))) {
                observer.observe(new Event.KeysRotated(1));
            }
        } catch (CorruptedException damaged) {
            observer.observe(new Event.JobFailed(name(), "scope " + scope + ": " + damaged.getMessage()));
        }
    }

    private boolean rotate(BarrierWriter writer, Scope scope) {
        if (!isDue(writer, scope)
                || Deprecations.rotate(writer, scope, Optional.empty(), time.now())
                        .isEmpty()) {
            return false;
        }
        following.ofOne(writer, scope, false);
        return true;
    }

    private boolean isDue(BarrierReader reader, Scope scope) {
        Optional<TermInfo> primary = reader.primary(scope);
        if (primary.isEmpty() || scope.equals(Scope.KEYS) && reader.isShared()) {
            return false;
        }
        Tally tally = census.census(scope).getOrDefault(primary.get().term().value(), Tally.NONE);
        return isSpent(primary.get(), tally) || isOver(RotationConfig.of(reader, scope), primary.get(), tally);
    }

    /// Whether the algorithm's bound is near, whatever the settings say: each value may have been encrypted twice.
    private static boolean isSpent(TermInfo primary, Tally tally) {
        return primary.algorithm().isBounded()
                && tally.encryptions() >= primary.algorithm().encryptions() / 2 - MARGIN;
    }

    private boolean isOver(RotationConfig config, TermInfo primary, Tally tally) {
        boolean old = !config.interval().isZero()
                && !primary.installed().plus(config.interval()).isAfter(time.now());
        return config.enabled()
                && (old
                        || tally.encryptions() >= config.maxOperations()
                        || config.maxBytes() > 0 && tally.encrypted() >= config.maxBytes());
    }
}
