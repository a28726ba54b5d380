// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Optional;

/// One consistent snapshot. It dies with the closure that it was lent to: results are copied out.
///
/// What a write transaction reads is what it conflicts on: keys, folders (for lists and scans) and {@link
/// #unchanged}.
public interface Reader<V> {
    Optional<V> get(StorageKey key);

    /// The children of a folder after a name, in byte order; a sub-folder ends in '/' and is skipped by
    /// one seek, so a page costs its answers, not the descendants of the folders that it skips.
    ///
    /// @param after an exclusive start, a child's name as this method returns it; empty to start at the
    ///     first
    /// @param limit 1 to the page limit of the storage
    Page<String> list(Folder folder, String after, int limit);

    /// Every key below a folder after a path relative to it, in byte order.
    Page<StorageKey> scan(Folder folder, String after, int limit);

    /// Whether the key's value is the same from commit {@code since} to this snapshot. May be a
    /// needless no, never a wrong yes; counts as a read of the key. In a transaction that has changed
    /// the key itself: no.
    ///
    /// So a cache takes a value that it just read only if {@code unchanged(key, version())}, keeps it
    /// with that version, and asks again with that one at each hit.
    boolean unchanged(StorageKey key, long since);

    /// The same for everything below a folder, names and values: for what was made from a list.
    boolean unchanged(Folder folder, long since);

    /// The number of the commit that this snapshot shows.
    long version();
}
