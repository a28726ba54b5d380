// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import java.util.HashSet;
import java.util.Set;

/// What the disk owed at one moment. As soon as that is paid, no file of it opens what keys wrapped that were gone at
/// that moment, whatever is owed by then for others: a vault in which something is always rotated still proves what it
/// has destroyed. It says nothing of copies made before.
public final class Debts {
    private final Set<String> left;

    private Debts(Set<String> left) {
        this.left = left;
    }

    /// Those that a snapshot shows: of every key that it shows to be gone.
    public static Debts of(BarrierReader reader) {
        return new Debts(new HashSet<>(Owed.names(reader)));
    }

    /// Whether all of them are paid in a later snapshot.
    public boolean arePaid(BarrierReader later) {
        if (!left.isEmpty()) {
            left.retainAll(Set.copyOf(Owed.names(later)));
        }
        return left.isEmpty();
    }
}
