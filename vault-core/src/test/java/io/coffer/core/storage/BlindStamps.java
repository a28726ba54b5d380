// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.concurrent.Executor;

/// A committer whose conflict check is switched off: what the tests of isolation must catch.
final class BlindStamps extends Stamps {
    private BlindStamps() {
        super(Acceptance.FIRST);
    }

    static Committer committer(Disk disk, Executor logThread) {
        Snapshots snapshots = new Snapshots(disk.view(), Acceptance.FIRST);
        Acceptance acceptance = new Acceptance(snapshots, new History(new BlindStamps()), StorageLimits.DEFAULT);
        return new Committer(acceptance, new CommitLog(disk, logThread, acceptance, Observer.none(), Time.system()));
    }

    @Override
    boolean unchanged(Slots slots, long since) {
        return true;
    }
}
