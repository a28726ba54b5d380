// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.concurrent.Executor;

/// A committer for the benchmark that counts nothing: against it shows what the census costs those who write.
public final class UncountedCommitter {
    private UncountedCommitter() {}

    public static Committer over(Disk disk, Executor logThread) {
        Snapshots snapshots = new Snapshots(disk.view(), Acceptance.FIRST);
        History uncounted = new History(new Stamps(Acceptance.FIRST)) {
            @Override
            boolean counts(Scope scope) {
                return false;
            }
        };
        Acceptance acceptance = new Acceptance(snapshots, uncounted, StorageLimits.DEFAULT);
        return new Committer(acceptance, new CommitLog(disk, logThread, acceptance, Observer.none(), Time.system()));
    }
}
