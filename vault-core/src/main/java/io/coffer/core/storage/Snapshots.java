// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.StorageUnavailableException;

/// The newest durable state, one shared snapshot at a time: a read costs no snapshot of the disk's own.
final class Snapshots {
    private volatile Snapshot current;
    private volatile boolean closed;

    Snapshots(Snapshot first) {
        current = first;
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

    /// Shows a newer state. The caller releases the older one, outside its lock.
    Snapshot publish(Snapshot next) {
        Snapshot last = current;
        current = next;
        return last;
    }

    void close() {
        if (!closed) {
            closed = true;
            current.release();
        }
    }
}
