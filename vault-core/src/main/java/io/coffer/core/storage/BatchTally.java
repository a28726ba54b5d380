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
    private final Map<Scope, Map<Integer, Tally>> changes = new HashMap<>();
    private final Set<Scope> cleared = new HashSet<>();

    /// Adds the next transaction, in the order of commits.
    void add(Transaction transaction) {
        for (Scope scope : transaction.cleared()) {
            cleared.add(scope);
            changes.remove(scope);
        }
        for (Touched entry : transaction.written()) {
            if (entry.key().scope().counted()) {
                count(entry);
            }
        }
    }

    /// The totals after this batch, as changes of the disk that it stands on.
    List<Disk.Change> totals(Disk.View before) {
        List<Disk.Change> totals = new ArrayList<>();
        for (Scope scope : cleared) {
            Folder all = Folder.of(scope);
            totals.add(new Disk.Change.DeleteRange(Family.TALLY, all.encoded(), all.end()));
        }
        changes.forEach((scope, terms) -> terms.forEach((term, change) -> {
            Tally base = cleared.contains(scope) ? Tally.NONE : stored(before, scope, term);
            TallyRecord total = new TallyRecord(scope, term, base.plus(change));
            totals.add(new Disk.Change.Put(Family.TALLY, total.key(), total.value()));
        }));
        return totals;
    }

    private void count(Touched entry) {
        Map<Integer, Tally> terms = changes.computeIfAbsent(entry.key().scope(), scope -> new HashMap<>());
        if (!entry.absent()) {
            terms.merge(entry.term(), Tally.removed(entry.length()), Tally::plus);
        }
        entry.value().ifPresent(value -> terms.merge(value.term(), Tally.committed(value.length()), Tally::plus));
    }

    private static Tally stored(Disk.View view, Scope scope, int term) {
        byte[] key = TallyRecord.key(scope, term);
        return view.get(Family.TALLY, key)
                .map(value -> TallyRecord.decode(key, value).tally())
                .orElse(Tally.NONE);
    }
}
