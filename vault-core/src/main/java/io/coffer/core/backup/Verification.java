// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import io.coffer.core.CorruptedException;
import io.coffer.core.Time;
import io.coffer.core.barrier.Authentication;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import io.coffer.core.vault.Vault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Opens every value of the store and compares what it sees with the census. It changes nothing and writes nothing
/// down: a seal or a restart ends it.
///
/// What cannot be read, since a file is damaged, counts as one bad value: the report names the last value
/// before it, and the file; the rest of that scope is not looked at.
///
/// What others write meanwhile is seen or not. A scope that changed meanwhile is not compared with the census.
public final class Verification implements Job {
    private static final int VALUES = 500;
    private static final Duration IDLE = Duration.ofMillis(200);

    private final Committer store;
    private final Time time;
    private final Owners owners;
    private final Deque<Scope> left = new ArrayDeque<>();
    private boolean asked;
    private Optional<Barrier> within = Optional.empty();
    private Report report = Report.NONE;
    private Optional<Walk> walk = Optional.empty();

    /// Tells whether a scope that is none of the vault's own belongs to anything.
    public interface Owners {
        boolean has(BarrierReader reader, Scope scope);
    }

    /// A scope that is gone through.
    ///
    /// @param since the version at its begin
    /// @param values how many are looked at in one step
    private record Walk(Scope scope, String after, long since, int values, Map<Integer, Tally> terms) {
        /// Comes nearer to a place that cannot be read; empty if it stands before it.
        Optional<Walk> nearer() {
            return values == 1 ? Optional.empty() : Optional.of(new Walk(scope, after, since, values / 2, terms));
        }
    }

    public Verification(Committer store, Time time, Owners owners) {
        this.store = store;
        this.time = time;
        this.owners = owners;
    }

    @Override
    public String name() {
        return "verify";
    }

    /// Begins anew, unless one is under way. One that a seal has cut off is not.
    ///
    /// @return the one that is under way now
    public synchronized Report start(Barrier barrier) {
        boolean cutOff = !asked && within.filter(same -> same == barrier).isEmpty();
        if (!report.isUnderWay() || cutOff) {
            asked = true;
            report = Report.begun(time.now());
        }
        return report;
    }

    public synchronized Report report() {
        return report;
    }

    @Override
    public synchronized Optional<Duration> step(Barrier barrier) {
        if (!report.isUnderWay()) {
            return Optional.of(IDLE);
        }
        if (asked) {
            begin(barrier);
            asked = false;
        } else if (within.filter(same -> same == barrier).isEmpty()) {
            report = report.interruptedAt(time.now());
        } else if (walk.isPresent()) {
            walk(barrier, walk.get());
        } else if (left.isEmpty()) {
            report = report.endedAt(time.now());
        } else {
            Scope next = left.removeFirst();
            long since = barrier.survey(BarrierReader::version);
            walk = Optional.of(new Walk(next, "", since, VALUES, new TreeMap<>()));
        }
        return Optional.of(Duration.ZERO);
    }

    /// Scopes are looked for among the values too: somebody may have taken one out of the census.
    private void begin(Barrier barrier) {
        within = Optional.of(barrier);
        left.clear();
        walk = Optional.empty();
        TreeSet<String> names = new TreeSet<>();
        names.add(Scope.KEYS.name());
        Vault.OWN_SCOPES.forEach(scope -> names.add(scope.name()));
        for (Family family : Family.values()) {
            try {
                store.scopes(family, scope -> names.add(scope.name()));
            } catch (CorruptedException damaged) {
                report = report.plus(0, List.of("the list of scopes: " + damaged.getMessage()));
            }
        }
        names.forEach(name -> left.add(new Scope(name)));
        report = report.of(left.stream().mapToLong(this::counted).sum());
    }

    private long counted(Scope scope) {
        return census(scope).stream()
                .flatMap(terms -> terms.values().stream())
                .mapToLong(Tally::values)
                .sum();
    }

    private void walk(Barrier barrier, Walk now) {
        Authentication.Stretch stretch;
        try {
            stretch = Authentication.next(barrier, now.scope(), now.after(), now.values());
        } catch (CorruptedException damaged) {
            walk = now.nearer();
            if (walk.isEmpty()) {
                report = report.plus(
                        1, List.of(now.scope() + ":" + now.after() + ", behind it: " + damaged.getMessage()));
            }
            return;
        }
        stretch.terms().forEach((term, tally) -> now.terms().merge(term, tally, Tally::plus));
        report = report.plus(
                stretch.terms().values().stream().mapToLong(Tally::values).sum(),
                stretch.bad().stream().map(StorageKey::toString).toList());
        walk = stretch.after().map(after -> new Walk(now.scope(), after, now.since(), now.values(), now.terms()));
        if (walk.isEmpty()) {
            judge(barrier, now, stretch.keyring());
        }
    }

    /// A scope was gone through.
    private void judge(Barrier barrier, Walk now, boolean keyring) {
        boolean empty = now.terms().isEmpty();
        if (!empty && (!keyring || !isOwned(barrier, now.scope()))) {
            report = report.withOrphan(now.scope().name());
        }
        Optional<Map<Integer, Tally>> counted = census(now.scope());
        boolean same = barrier.survey(reader -> reader.unchanged(Folder.of(now.scope()), now.since()));
        if (counted.isEmpty() || same) {
            report = report.withCompared();
            if (counted.filter(terms -> live(terms).equals(now.terms())).isEmpty()) {
                report = report.withDiffering(now.scope().name());
            }
        }
    }

    private static Map<Integer, Tally> live(Map<Integer, Tally> terms) {
        Map<Integer, Tally> live = new TreeMap<>(terms);
        live.replaceAll((term, tally) -> tally.live());
        live.values().removeIf(Tally.NONE::equals);
        return live;
    }

    /// A table of mounts that cannot be read is named where it lies, and makes nothing an orphan.
    private boolean isOwned(Barrier barrier, Scope scope) {
        try {
            return scope.equals(Scope.KEYS)
                    || Vault.OWN_SCOPES.contains(scope)
                    || barrier.survey(reader -> owners.has(reader, scope));
        } catch (CorruptedException damaged) {
            return true;
        }
    }

    /// Empty if a total of the scope cannot be read.
    private Optional<Map<Integer, Tally>> census(Scope scope) {
        try {
            return Optional.of(store.census(scope));
        } catch (CorruptedException damaged) {
            return Optional.empty();
        }
    }
}
