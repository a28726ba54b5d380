// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.StorageUnavailableException;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// The newest durable state, one shared snapshot at a time: a read costs no snapshot of the disk's own.
final class Snapshots {
    /// The commits that snapshots in use show, the newest included: each is there from before anybody can use its
    /// snapshot until nobody can any more.
    private final NavigableSet<Long> used = new ConcurrentSkipListSet<>();

    private volatile Snapshot current;
    private volatile boolean closed;

    Snapshots(Disk.View first, long version) {
        used.add(version);
        current = new Snapshot(first, version, used);
    }

    /// The newest snapshot with one more user; to be released.
    Snapshot retain() {
        while (!closed) {
            Snapshot snapshot = current;
            if (snapshot.retain()) {
                return snapshot;
            }
        }
        throw new StorageUnavailableException("the storage is closed");
    }

    /// The newest snapshot without a new user, for who can keep others from publishing meanwhile.
    Snapshot current() {
        return current;
    }

    /// The commit that the oldest snapshot in use shows; never falls.
    long oldest() {
        Iterator<Long> inOrder = used.iterator();
        return inOrder.hasNext() ? inOrder.next() : current.version();
    }

    /// Shows a newer state. The caller releases the older one, outside its lock.
    Snapshot publish(Disk.View view, long version) {
        Snapshot last = current;
        used.add(version);
        current = new Snapshot(view, version, used);
        return last;
    }

    void close() {
        if (!closed) {
            closed = true;
            current.release();
        }
    }
}
