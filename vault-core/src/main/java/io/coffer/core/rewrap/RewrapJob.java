// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.OverloadedException;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.Rewrapping;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Does a {@link Rewrap}: counts by the census what is under older terms, goes through the scopes that hold
/// any of it, and counts again, until nothing is left but what does not open.
///
/// How far it came is written down each second; what a kill takes back is gone through again, at the cost
/// of a look at each value's header.
public final class RewrapJob implements Job {
    private static final Duration SAVED_EVERY = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration BUSY = Duration.ofMillis(50);

    /// How many scopes are counted in one step.
    private static final int COUNTED = 64;

    /// How many stretches may wait for the disk: so many that one batch takes several, with one sync.
    private static final int STRETCHES = 8;

    private final Census census;
    private final Time time;
    private final Observer observer;
    private final Pace pace;
    private final Deque<Rewrapping.Durability> waiting = new ArrayDeque<>();
    private Optional<Rewrap> run = Optional.empty();

    /// The one that has ended last, which the disk may not know yet; 0 for none.
    private long ended;

    private Duration saved = Duration.ZERO;

    /// How many values of the present scope are looked at in one stretch at most, since a place is near that cannot be
    /// read.
    private int near = Integer.MAX_VALUE;

    public RewrapJob(Census census, Time time, Observer observer, Pace pace) {
        this.census = census;
        this.time = time;
        this.observer = observer;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "rewrap";
    }

    @Override
    public boolean isPaced() {
        return true;
    }

    /// What a snapshot says there is to do.
    private record Order(Optional<Rewrap> rewrap, RewrapSettings settings) {}

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Order order = barrier.survey(
                reader -> new Order(Rewrap.read(reader).filter(Rewrap::isUnderWay), RewrapSettings.read(reader)));
        if (order.rewrap().isEmpty()) {
            forget();
            return Optional.empty();
        }
        if (order.rewrap().get().number() == ended) {
            return Optional.of(SOON);
        }
        Rewrap now = here(order.rewrap().get());
        try {
            if (isDiskBehind(now.place().counting())) {
                return Optional.of(SOON);
            }
            pace.set(
                    now.rate().orElse(order.settings().rate()), order.settings().latency());
            return Optional.of(now.place().counting() ? count(barrier, now) : move(barrier, now));
        } catch (OverloadedException busy) {
            return Optional.of(BUSY);
        } catch (RuntimeException failed) {
            forget();
            throw failed;
        }
    }

    /// The stored one, at the place where this is.
    private Rewrap here(Rewrap stored) {
        Optional<Rewrap> mine = run.filter(known -> known.started().equals(stored.started()));
        if (mine.isEmpty()) {
            forget();
            pace.begin();
            return stored;
        }
        return mine.get().number() == stored.number()
                ? mine.get().with(stored.scopes(), stored.rate())
                : stored.with(stored.place(), mine.get().counts().anew());
    }

    private void forget() {
        if (run.isPresent()) {
            observer.observe(new Event.RewrapProgressed(0, 0, 0));
        }
        run = Optional.empty();
        near = Integer.MAX_VALUE;
        waiting.clear();
        pace.end();
    }

    /// @param counting whether all must be there that was moved: the census adds up what the disk has
    private boolean isDiskBehind(boolean counting) {
        while (!waiting.isEmpty() && waiting.getFirst().isReached()) {
            waiting.removeFirst();
        }
        return waiting.size() >= (counting ? 1 : STRETCHES);
    }

    private Duration count(Barrier barrier, Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        Page<Scope> page = barrier.survey(reader -> scopes(reader, place.scope()));
        long found = barrier.survey(reader -> page.items().stream()
                .filter(rewrap::concerns)
                .mapToLong(scope -> outdated(reader, scope))
                .sum());
        Rewrap.Counts counts = rewrap.counts().counted(found);
        if (page.more()) {
            keep(barrier, rewrap.with(place.at(page.items().getLast().name(), ""), counts), false);
        } else if (isThrough(place, counts)) {
            end(barrier, rewrap.with(place, counts));
        } else {
            Rewrap.Counts fresh = new Rewrap.Counts(counts.found(), counts.moved(), counts.bytes(), 0, 0, List.of());
            keep(barrier, rewrap.with(new Rewrap.Place(place.pass() + 1, false, "", ""), fresh), true);
        }
        return Duration.ZERO;
    }

    /// A pass that moved nothing is the last one too: what the census still finds is not as it says.
    private static boolean isThrough(Rewrap.Place place, Rewrap.Counts counts) {
        return counts.found() == 0
                || place.pass() > 0 && (counts.found() <= counts.skipped() || counts.passMoved() == 0);
    }

    /// Scope `keys` and then all others.
    private static Page<Scope> scopes(BarrierReader reader, String after) {
        return after.isEmpty()
                ? new Page<>(List.of(Scope.KEYS), true)
                : reader.scopes(after.equals(Scope.KEYS.name()) ? "" : after, COUNTED);
    }

    private long outdated(BarrierReader reader, Scope scope) {
        Optional<TermInfo> primary = reader.primary(scope);
        return primary.isEmpty()
                ? 0
                : census.census(scope).entrySet().stream()
                        .filter(term -> term.getKey() != primary.get().term().value())
                        .mapToLong(term -> term.getValue().values())
                        .sum();
    }

    private Duration move(Barrier barrier, Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        if (place.after().isEmpty()) {
            return nextScope(barrier, rewrap);
        }
        String after = place.after().equals(BEGIN) ? "" : place.after();
        Duration began = time.elapsed();
        int limit = Math.min(pace.values(), near);
        Rewrapping.Stretch stretch;
        try {
            stretch = Rewrapping.next(barrier, new Scope(place.scope()), after, limit);
        } catch (CorruptedException damaged) {
            return passOver(barrier, rewrap, after, limit, damaged);
        }
        waiting.addLast(stretch.durable());
        List<String> skipped =
                stretch.skipped().stream().map(StorageKey::toString).toList();
        if (stretch.moved() > 0 || !skipped.isEmpty()) {
            observer.observe(new Event.ValuesRewrapped(stretch.moved(), skipped.size()));
        }
        Rewrap.Counts counts = rewrap.counts().plus(stretch.moved(), stretch.bytes(), skipped);
        Rewrap next = rewrap.with(place.at(place.scope(), stretch.after().orElse("")), counts);
        keep(barrier, next, false);
        return pace.rest(began, stretch.moved() + skipped.size(), limit);
    }

    /// Comes near to a place that cannot be read, since a file is damaged; what lies behind it in the scope stays, and
    /// counts as one value.
    private Duration passOver(Barrier barrier, Rewrap rewrap, String after, int limit, CorruptedException damaged) {
        if (limit > 1) {
            near = limit / 2;
            return Duration.ZERO;
        }
        Rewrap.Place place = rewrap.place();
        String name = place.scope() + ":" + after + ", behind it: " + damaged.getMessage();
        observer.observe(new Event.ValuesRewrapped(0, 1));
        keep(barrier, rewrap.with(place.at(place.scope(), ""), rewrap.counts().plus(0, 0, List.of(name))), false);
        return Duration.ZERO;
    }

    /// The path of no value, so that a scope that was not begun differs from one that is done.
    private static final String BEGIN = "/";

    /// Finds the next scope that holds anything to be moved.
    private Duration nextScope(Barrier barrier, Rewrap rewrap) {
        near = Integer.MAX_VALUE;
        Rewrap.Place place = rewrap.place();
        Page<Scope> page = barrier.survey(reader -> scopes(reader, place.scope()));
        Optional<Scope> next = barrier.survey(reader -> page.items().stream()
                .filter(rewrap::concerns)
                .filter(scope -> outdated(reader, scope) > 0)
                .findFirst());
        if (next.isPresent()) {
            keep(barrier, rewrap.with(place.at(next.get().name(), BEGIN), rewrap.counts()), false);
        } else if (page.more()) {
            keep(barrier, rewrap.with(place.at(page.items().getLast().name(), ""), rewrap.counts()), false);
        } else {
            Rewrap.Counts counts = rewrap.counts();
            Rewrap.Counts anew = new Rewrap.Counts(
                    0, counts.moved(), counts.bytes(), counts.passMoved(), counts.skipped(), counts.names());
            keep(barrier, rewrap.with(new Rewrap.Place(place.pass(), true, "", ""), anew), true);
        }
        return Duration.ZERO;
    }

    /// Remembers how far it came, and now and then writes it down: after the values in the order of commits, so that
    /// none is passed over.
    private void keep(Barrier barrier, Rewrap now, boolean write) {
        run = Optional.of(now);
        if (write || time.elapsed().minus(saved).compareTo(SAVED_EVERY) >= 0) {
            run = barrier.accepted(now::save).or(() -> Optional.of(now));
            saved = time.elapsed();
            observer.observe(new Event.RewrapProgressed(now.counts().left(), pace.speed(), pace.share()));
        }
    }

    private void end(Barrier barrier, Rewrap rewrap) {
        if (barrier.accepted(rewrap.ended(time.now(), false)::save).isPresent()) {
            ended = rewrap.number();
            forget();
            observer.observe(new Event.RewrapEnded(
                    rewrap.counts().moved(), rewrap.counts().skipped()));
        }
    }
}
