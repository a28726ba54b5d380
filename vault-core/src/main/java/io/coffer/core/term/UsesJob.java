// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.Job;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the keys each second which of them were used, and saves it each minute and when the vault is
/// sealed. So a read only marks its key, and knows no clock. Past a grace period it tells what deprecated
/// terms still open.
public final class UsesJob implements Job {
    static final Duration LOOK = Duration.ofSeconds(1);
    static final Duration SAVE = Duration.ofMinutes(1);

    /// How often uses of deprecated terms are told.
    static final Duration REPORT = Duration.ofSeconds(10);

    /// How many scopes one transaction saves.
    static final int PAGE = 256;

    private final LastUses uses;
    private final Time time;
    private final Observer observer;
    private final Duration grace;
    private final Map<Place, Long> deprecated = new HashMap<>();

    /// Of which it was told that nobody knows since when they are deprecated.
    private final Set<Place> damaged = new HashSet<>();

    private Optional<Duration> saved = Optional.empty();
    private Optional<Duration> reported = Optional.empty();

    private record Place(Scope scope, KeyTerm term) {}

    /// @param grace how long a deprecated term may be used before its uses are told
    public UsesJob(LastUses uses, Time time, Observer observer, Duration grace) {
        this.uses = uses;
        this.time = time;
        this.observer = observer;
        this.grace = grace;
    }

    @Override
    public String name() {
        return "key uses";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        note(barrier);
        if (reported.isEmpty() || isPast(reported.get(), REPORT)) {
            report(barrier);
        }
        if (saved.isEmpty()) {
            saved = Optional.of(time.elapsed());
        }
        if (!isPast(saved.get(), SAVE)) {
            return Optional.of(LOOK);
        }
        if (save(barrier)) {
            return Optional.of(Duration.ZERO);
        }
        saved = Optional.of(time.elapsed());
        return Optional.of(LOOK);
    }

    /// Tells and saves everything at once: nobody is at a step, and the keys are about to be closed.
    public void finish(Barrier barrier) {
        note(barrier);
        report(barrier);
        boolean more = true;
        while (more) {
            more = save(barrier);
        }
    }

    private boolean isPast(Duration moment, Duration rest) {
        return time.elapsed().minus(moment).compareTo(rest) >= 0;
    }

    /// @return whether there may be more
    private boolean save(Barrier barrier) {
        List<Scope> scopes = uses.unsaved(PAGE);
        if (!scopes.isEmpty()) {
            barrier.accepted(writer -> uses.save(writer, scopes)).forEach(this::passOver);
            uses.saved(scopes);
        }
        return scopes.size() == PAGE;
    }

    private void note(Barrier barrier) {
        Instant now = time.now();
        barrier.takeUses().forEach((scope, used) -> note(scope, used, now));
    }

    private void note(Scope scope, List<Barrier.Use> used, Instant now) {
        uses.note(scope, used.stream().map(use -> use.term().term()).toList(), now);
        for (Barrier.Use use : used) {
            if (use.term().status() == KeyStatus.DEPRECATED && use.retired() > 0) {
                deprecated.merge(new Place(scope, use.term().term()), use.retired(), Long::sum);
            }
        }
    }

    private void report(Barrier barrier) {
        Instant now = time.now();
        reported = Optional.of(time.elapsed());
        Map<Place, Long> counted = Map.copyOf(deprecated);
        deprecated.clear();
        counted.forEach((place, times) -> {
            if (since(barrier, place).filter(at -> at.plus(grace).isBefore(now)).isPresent()) {
                observer.observe(new Event.DeprecatedKeyUsed(
                        place.scope().name(), place.term().value(), times));
            }
        });
    }

    /// Not known where the record does not open, which is told once, and keeps no other term from being told.
    private Optional<Instant> since(Barrier barrier, Place place) {
        try {
            return barrier.survey(reader -> Deprecations.since(reader, place.scope(), place.term()));
        } catch (CorruptedException bent) {
            if (damaged.add(place)) {
                passOver(String.valueOf(bent.getMessage()));
            }
            return Optional.empty();
        }
    }

    private void passOver(String reason) {
        observer.observe(new Event.RecordPassedOver(reason));
    }
}
