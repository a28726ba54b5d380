// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.concurrent.Executor;

/// A committer for the benchmark whose census is turned on and off, so that the same store shows what it costs those
/// who write. What was written while it was off must not be changed while it is on: the totals would be wrong.
public final class CensusSwitch {
    private volatile boolean on = true;

    public void turn(boolean counting) {
        on = counting;
    }

    public Committer committer(Disk disk, Executor logThread) {
        Snapshots snapshots = new Snapshots(disk.view(), Acceptance.FIRST);
        History switched = new History(new Stamps(Acceptance.FIRST)) {
            @Override
            boolean counts(Scope scope) {
                return on && super.counts(scope);
            }
        };
        Acceptance acceptance = new Acceptance(snapshots, switched, StorageLimits.DEFAULT);
        return new Committer(acceptance, new CommitLog(disk, logThread, acceptance, Observer.none(), Time.system()));
    }
}
