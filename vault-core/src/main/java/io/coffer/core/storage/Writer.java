// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// A snapshot and what a transaction changes on top of it; its reads show its own changes.
public interface Writer<V> extends Reader<V> {
    void put(StorageKey key, V value);

    /// Puts a value where none is, as whoever chose its name knows: it counts on, or is random. So nobody
    /// looks at what it replaces. A claim that is not true makes the census wrong by one value; with
    /// assertions, as in tests, it fails.
    ///
    /// @return for who removes it one day by {@link #delete(StorageKey, Footprint)}
    Footprint create(StorageKey key, V value);

    /// Removes a value; an absent one is no error.
    void delete(StorageKey key);

    /// Removes a value that nobody has changed since it was created, so that nobody looks at it. An untrue
    /// claim is as bad as with {@link #create}.
    ///
    /// @param known what create gave
    void delete(StorageKey key, Footprint known);

    /// Removes a whole scope, however much it holds, as one range tombstone.
    ///
    /// @throws IllegalArgumentException if the folder is not a whole scope
    void clear(Folder folder);
}
