// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.atomic.AtomicLongArray;

/// When did this last change? One table of fixed size with the number of the last commit that wrote a
/// key or below a folder.
///
/// Names share slots by hash, so the answer to "is it unchanged?" may be a needless no, never a wrong
/// yes. No entry ever falls out of it. Written under the committer's lock before a commit can be seen,
/// so whoever sees a snapshot of commit n finds here everything up to n.
class Stamps {
    static final int BITS = 18;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final AtomicLongArray table = new AtomicLongArray(1 << BITS);
    private volatile long floor;

    /// @param first the number of the state that the disk holds at the start: what changed before it is
    ///     not known
    Stamps(long first) {
        floor = first;
    }

    final boolean unchanged(StorageKey key, long since) {
        return unchanged(slot(key), since);
    }

    /// Whether nothing below the folder was written after a commit.
    final boolean unchanged(Folder folder, long since) {
        return unchanged(slot(folder), since);
    }

    /// The conflict check: whether nothing of all this was written after a commit.
    boolean unchanged(Slots slots, long since) {
        if (slots.count() > 0 && floor > since) {
            return false;
        }
        for (int i = 0; i < slots.count(); i++) {
            if (table.getAcquire(slots.get(i)) > since) {
                return false;
            }
        }
        return true;
    }

    void stamp(Slots slots, long commit) {
        for (int i = 0; i < slots.count(); i++) {
            table.setRelease(slots.get(i), commit);
        }
    }

    /// Everything counts as written by this commit.
    void raiseFloor(long commit) {
        floor = commit;
    }

    private boolean unchanged(int slot, long since) {
        return table.getAcquire(slot) <= since && floor <= since;
    }

    static int slot(StorageKey key) {
        return slot(key.scope(), key.path().hashCode());
    }

    static int slot(Folder folder) {
        return slot(folder.scope(), folder.path().hashCode());
    }

    /// Adds the slots that a write of the key stamps: its own and that of every folder above it, the
    /// scope's root included.
    static void collect(StorageKey key, Slots into) {
        Scope scope = key.scope();
        String path = key.path();
        into.add(slot(scope, 0));
        int hash = 0; // String.hashCode of what was walked over, so a folder's slot needs no substring
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            hash = 31 * hash + c;
            if (c == '/') {
                into.add(slot(scope, hash));
            }
        }
        into.add(slot(scope, hash));
    }

    private static int slot(Scope scope, int pathHash) {
        long mixed = ((long) scope.name().hashCode() << 32 ^ pathHash & 0xFFFF_FFFFL) * MIX;
        return (int) ((mixed ^ mixed >>> 32) * MIX >>> 64 - BITS);
    }
}
