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
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Does a {@link Rewrap}: counts by the census what is under older terms, goes through the scopes that hold
/// any of it, and counts again, until nothing is left but what does not open.
///
/// How far it came is written down each second; what a kill takes back is gone through again, at the cost
/// of a look at each value's header.
///
/// Where a scope cannot be read, it goes on with the next one; {@link Obstacles} tells where that is. When nothing else
/// is left it does not end, but begins anew after a rest: somebody may have restored the file, or disabled the mount.
public final class RewrapJob implements Job {
    private static final Duration SAVED_EVERY = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration BUSY = Duration.ofMillis(50);

    /// How soon one that stands sees that it was cancelled, or asked for again.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// How many scopes are counted in one step.
    private static final int COUNTED = 64;

    private final Census census;
    private final Time time;
    private final Observer observer;
    private final Pace pace;
    private final Obstacles obstacles;
    private final Backlog waiting = new Backlog();
    private Optional<Rewrap> run = Optional.empty();

    /// The one that has ended last, which the disk may not know yet; 0 for none.
    private long ended;

    private Duration saved = Duration.ZERO;

    /// How many values of this scope are looked at, at most: fewer to come nearer to a place that cannot be read.
    private int reach = Integer.MAX_VALUE;

    public RewrapJob(Census census, Time time, Observer observer, Pace pace, Obstacles obstacles) {
        this.census = census;
        this.time = time;
        this.observer = observer;
        this.pace = pace;
        this.obstacles = obstacles;
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
        try {
            Order order = barrier.survey(reader ->
                    new Order(Rewrap.read(reader).filter(Rewrap::isUnderWay), RewrapSettings.orDefault(reader)));
            if (order.rewrap().isEmpty()) {
                run.ifPresent(mine -> barrier.accepted(mine::settle));
                forget();
                obstacles.succeeded();
                return Optional.empty();
            }
            if (order.rewrap().get().number() == ended) {
                return Optional.of(SOON);
            }
            Rewrap now = here(order.rewrap().get());
            run = Optional.of(now);
            if (waiting.isFull(now.place().counting())) {
                return Optional.of(SOON);
            }
            if (obstacles.stands(now.number())) {
                return Optional.of(LOOK);
            }
            pace.set(
                    now.rate().orElse(order.settings().rate()), order.settings().latency());
            Duration rest = now.place().counting() ? count(barrier, now) : move(barrier, now);
            obstacles.succeeded();
            return Optional.of(rest);
        } catch (OverloadedException busy) {
            return Optional.of(BUSY);
        } catch (RuntimeException failed) {
            forget();
            obstacles.failed(failed);
            throw failed;
        }
    }

    /// The stored one, at the place where this is.
    private Rewrap here(Rewrap stored) {
        Optional<Rewrap> mine = run.filter(known -> known.started().equals(stored.started()));
        if (mine.isEmpty()) {
            forget();
            pace.begin();
            return stored.resumed();
        }
        return mine.get().number() == stored.number()
                ? mine.get().with(stored.scopes(), stored.rate())
                : stored.with(stored.place(), mine.get().counts().anew());
    }

    private void forget() {
        if (run.isPresent()) {
            observer.observe(new Event.RewrapProgressed(0, 0, 0, 0));
        }
        run = Optional.empty();
        waiting.clear();
        reach = Integer.MAX_VALUE;
        pace.end();
        obstacles.forget();
    }

    private Duration count(Barrier barrier, Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        if (place.equals(Rewrap.Place.START)) {
            obstacles.begin();
        }
        Page<Scope> page = barrier.survey(reader -> scopes(reader, place.scope()));
        long found = barrier.survey(reader -> page.items().stream()
                .filter(rewrap::concerns)
                .mapToLong(scope -> outdated(reader, scope))
                .sum());
        Rewrap.Counts before = place.scope().isEmpty() ? rewrap.counts().uncounted() : rewrap.counts();
        Rewrap.Counts counts = before.counted(found);
        if (page.more()) {
            keep(barrier, rewrap.with(place.at(page.items().getLast().name(), ""), counts), false);
        } else if (!isThrough(place, counts)) {
            keep(barrier, rewrap.with(new Rewrap.Place(place.pass() + 1, false, "", ""), counts.nextPass()), true);
        } else if (obstacles.areGone()) {
            end(barrier, rewrap.with(place, counts));
        } else {
            stand(barrier, rewrap.with(Rewrap.Place.START, counts));
        }
        return Duration.ZERO;
    }

    /// What is left cannot be read. It begins anew later, after a restart too.
    private void stand(Barrier barrier, Rewrap rewrap) {
        pace.end();
        keep(barrier, rewrap, true);
        obstacles.stand(rewrap.number());
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
        try {
            return reader.primary(scope)
                    .map(primary -> outdated(scope, primary.term()))
                    .orElse(0L);
        } catch (CorruptedException damaged) {
            meet(scope, "", damaged);
            return 0;
        }
    }

    private long outdated(Scope scope, KeyTerm primary) {
        return census.census(scope).entrySet().stream()
                .filter(term -> term.getKey() != primary.value())
                .mapToLong(term -> Math.max(0, term.getValue().values())) // a damaged total hides no other
                .sum();
    }

    private void meet(Scope scope, String after, CorruptedException damaged) {
        String reason = String.valueOf(damaged.getMessage());
        if (obstacles.meet(new Obstacles.Obstacle(scope, after, reason))) {
            observer.observe(new Event.RewrapObstructed(scope.name(), reason));
        }
    }

    private Duration move(Barrier barrier, Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        if (place.after().isEmpty()) {
            return nextScope(barrier, rewrap);
        }
        Scope scope = new Scope(place.scope());
        String after = place.after().equals(BEGIN) ? "" : place.after();
        Duration began = time.elapsed();
        int limit = Math.min(pace.values(), reach);
        Rewrapping.Stretch stretch;
        try {
            stretch = Rewrapping.next(barrier, scope, after, limit);
        } catch (CorruptedException damaged) {
            approach(barrier, rewrap, limit, damaged);
            return Duration.ZERO;
        }
        waiting.add(stretch.durable());
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

    /// Comes nearer to a place that cannot be read, and leaves the scope where it stands before it.
    private void approach(Barrier barrier, Rewrap rewrap, int limit, CorruptedException damaged) {
        if (limit > 1) {
            reach = limit / 2;
            return;
        }
        Rewrap.Place place = rewrap.place();
        meet(new Scope(place.scope()), place.after().equals(BEGIN) ? "" : place.after(), damaged);
        keep(barrier, rewrap.with(place.at(place.scope(), ""), rewrap.counts()), false);
    }

    /// The path of no value, so that a scope that was not begun differs from one that is done.
    private static final String BEGIN = "/";

    /// Finds the next scope that holds anything to be moved.
    private Duration nextScope(Barrier barrier, Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        Page<Scope> page = barrier.survey(reader -> scopes(reader, place.scope()));
        Optional<Scope> next = barrier.survey(reader -> page.items().stream()
                .filter(rewrap::concerns)
                .filter(scope -> outdated(reader, scope) > 0)
                .findFirst());
        if (next.isPresent()) {
            reach = Integer.MAX_VALUE;
            keep(barrier, rewrap.with(place.at(next.get().name(), BEGIN), rewrap.counts()), false);
        } else if (page.more()) {
            keep(barrier, rewrap.with(place.at(page.items().getLast().name(), ""), rewrap.counts()), false);
        } else {
            keep(barrier, rewrap.with(new Rewrap.Place(place.pass(), true, "", ""), rewrap.counts()), true);
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
            int met = obstacles.all().size();
            observer.observe(new Event.RewrapProgressed(now.counts().left(), pace.speed(), pace.share(), met));
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
