// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the transactions of one batch change in the census, added up, so that one total is written for
/// each scope and term.
final class BatchTally {
    private final Map<Place, Sum> changes = new HashMap<>();
    private final Set<Scope> cleared = new HashSet<>();

    /// That of the value before: nearly all values of a batch are of one place.
    private Sum last = new Sum(Scope.SEAL, 0);

    /// What one total is of.
    private record Place(Scope scope, int term) {}

    /// The totals that a batch left on the disk: the next one, which most likely changes the same, need not
    /// read them.
    static final class Totals {
        static final Totals NONE = new Totals();

        private final Map<Place, Tally> known = new HashMap<>();

        private Tally of(Place place, Disk.View view) {
            Tally tally = known.get(place);
            return tally == null ? stored(view, place) : tally;
        }

        private static Tally stored(Disk.View view, Place place) {
            byte[] key = TallyRecord.key(place.scope(), place.term());
            return view.get(Family.TALLY, key)
                    .map(value -> TallyRecord.decode(key, value).tally())
                    .orElse(Tally.NONE);
        }
    }

    /// A change of one total, as it grows.
    private static final class Sum {
        private final Scope scope;
        private final int term;
        private long values;
        private long bytes;
        private long encryptions;
        private long encrypted;

        Sum(Scope scope, int term) {
            this.scope = scope;
            this.term = term;
        }

        boolean isOf(Scope otherScope, int otherTerm) {
            return term == otherTerm && scope.equals(otherScope);
        }

        void committed(int length) {
            values++;
            bytes += length;
            encryptions++;
            encrypted += length;
        }

        void removed(int length) {
            values--;
            bytes -= length;
        }

        Tally tally() {
            return new Tally(values, bytes, encryptions, encrypted);
        }
    }

    /// Adds the next transaction, in the order of commits.
    void add(Transaction transaction) {
        for (Scope scope : transaction.cleared()) {
            cleared.add(scope);
            changes.keySet().removeIf(place -> place.scope().equals(scope));
            last = new Sum(Scope.SEAL, 0);
        }
        transaction.eachCounted(this::count);
    }

    private void count(Touched entry) {
        Scope scope = entry.key().scope();
        if (!entry.absent()) {
            sum(scope, entry.term()).removed(entry.length());
        }
        entry.value().ifPresent(value -> sum(scope, value.term()).committed(value.length()));
    }

    private Sum sum(Scope scope, int term) {
        if (!last.isOf(scope, term)) {
            last = changes.computeIfAbsent(new Place(scope, term), place -> new Sum(scope, term));
        }
        return last;
    }

    /// The totals after this batch.
    ///
    /// @param former those after the one before
    /// @param before the disk that this batch stands on
    Totals totals(Totals former, Disk.View before) {
        Totals totals = new Totals();
        changes.forEach((place, sum) -> {
            Tally base = cleared.contains(place.scope()) ? Tally.NONE : former.of(place, before);
            totals.known.put(place, base.plus(sum.tally()));
        });
        return totals;
    }

    /// What makes the disk hold the totals after this batch.
    List<Disk.Change> changes(Totals after) {
        List<Disk.Change> written = new ArrayList<>();
        for (Scope scope : cleared) {
            Folder all = Folder.of(scope);
            written.add(new Disk.Change.DeleteRange(Family.TALLY, all.encoded(), all.end()));
        }
        after.known.forEach((place, tally) -> {
            TallyRecord total = new TallyRecord(place.scope(), place.term(), tally);
            written.add(new Disk.Change.Put(Family.TALLY, total.key(), total.value()));
        });
        return written;
    }
}
