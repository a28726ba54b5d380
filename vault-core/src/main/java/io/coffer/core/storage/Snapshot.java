// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A view of the disk that many transactions share, with the number of the commit that it shows. Closed
/// when the last user has let go.
final class Snapshot {
    private final Disk.View view;
    private final long version;
    private final Set<Long> used;
    private final AtomicInteger users = new AtomicInteger(1);

    /// @param used the commits that snapshots in use show, this one's included; it is taken out at the end
    Snapshot(Disk.View view, long version, Set<Long> used) {
        this.view = view;
        this.version = version;
        this.used = used;
    }

    Disk.View view() {
        return view;
    }

    long version() {
        return version;
    }

    /// Adds a user, unless the last one has gone already.
    boolean retain() {
        int seen = users.get();
        while (seen > 0) {
            if (users.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            view.close();
            used.remove(version);
        }
    }
}
