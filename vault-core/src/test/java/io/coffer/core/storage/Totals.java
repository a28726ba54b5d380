// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;

/// The census as whoever can write the disk can make it.
public final class Totals {
    private Totals() {}

    /// So much is under that term, says the disk then.
    public static void write(Disk disk, Scope scope, int term, Tally tally) {
        byte[] key = TallyRecord.key(scope, term);
        disk.write(List.of(new Disk.Change.Put(Family.TALLY, key, TallyRecord.value(key, tally))));
    }

    /// The total cannot be read then.
    public static void bend(Disk disk, Scope scope, int term) {
        byte[] key = TallyRecord.key(scope, term);
        disk.write(List.of(new Disk.Change.Put(Family.TALLY, key, new byte[] {0})));
    }
}
