// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Counts equal refusals, so that whoever knocks at a sealed vault fills neither memory nor disk: the first
/// makes an entry at once, those that follow make one for each window.
final class Refusals {
    private final AuditLimits limits;
    private final Time time;
    private final Map<AuditNotice, Count> counts = new HashMap<>();

    /// A notice and how many it stands for.
    record Counted(AuditNotice notice, long count) {}

    private static final class Count {
        Duration since;
        long pending;

        Count(Duration since) {
            this.since = since;
        }
    }

    Refusals(AuditLimits limits, Time time) {
        this.limits = limits;
        this.time = time;
    }

    /// What is to be written now: one entry or none.
    synchronized List<Counted> add(AuditNotice notice) {
        Duration now = time.elapsed();
        AuditNotice known =
                counts.containsKey(notice) || counts.size() < limits.refusals() ? notice : AuditNotice.OTHERS;
        Count count = counts.get(known);
        if (count != null) {
            count.pending++;
            return List.of();
        }
        counts.put(known, new Count(now));
        return List.of(new Counted(known, 1));
    }

    /// What has come up in windows that have ended, and forgets those in which nothing has.
    synchronized List<Counted> due() {
        return take(time.elapsed().minus(limits.window()));
    }

    /// Everything that is not written yet.
    synchronized List<Counted> rest() {
        return take(time.elapsed());
    }

    private List<Counted> take(Duration begunBy) {
        List<Counted> due = new ArrayList<>();
        Iterator<Map.Entry<AuditNotice, Count>> all = counts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<AuditNotice, Count> entry = all.next();
            Count count = entry.getValue();
            if (count.since.compareTo(begunBy) > 0) {
                continue;
            }
            if (count.pending == 0) {
                all.remove();
            } else {
                due.add(new Counted(entry.getKey(), count.pending));
                count.pending = 0;
                count.since = time.elapsed();
            }
        }
        return due;
    }
}
