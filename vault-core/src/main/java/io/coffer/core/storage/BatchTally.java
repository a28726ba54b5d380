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

        private final Map<Place, Total> known = new HashMap<>();

        private byte[] key(Place place) {
            Total total = known.get(place);
            return total == null ? TallyRecord.key(place.scope(), place.term()) : total.key();
        }

        private Tally tally(Place place, byte[] key, Disk.View view) {
            Total total = known.get(place);
            return total == null ? stored(key, view) : total.tally();
        }

        private static Tally stored(byte[] key, Disk.View view) {
            return view.get(Family.TALLY, key)
                    .map(value -> TallyRecord.decode(key, value).tally())
                    .orElse(Tally.NONE);
        }
    }

    /// @param key where it lies on the disk
    private record Total(byte[] key, Tally tally) {}

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
        for (Touched entry : transaction.written()) {
            if (entry.counted()) {
                count(entry);
            }
        }
    }

    private void count(Touched entry) {
        Scope scope = entry.key().scope();
        if (!entry.absent()) {
            sum(scope, entry.term()).removed(entry.length());
        }
        if (entry.value().isPresent()) {
            Ciphertext value = entry.value().get();
            sum(scope, value.term()).committed(value.length());
        }
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
            byte[] key = former.key(place);
            Tally base = cleared.contains(place.scope()) ? Tally.NONE : former.tally(place, key, before);
            totals.known.put(place, new Total(key, base.plus(sum.tally())));
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
        for (Total total : after.known.values()) {
            byte[] value = TallyRecord.value(total.key(), total.tally());
            written.add(new Disk.Change.Put(Family.TALLY, total.key(), value));
        }
        return written;
    }
}
