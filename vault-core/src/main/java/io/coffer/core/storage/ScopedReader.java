// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Optional;

/// A reader that names nothing outside one folder.
class ScopedReader<V> implements Reader<V> {
    private final Reader<V> reader;
    private final Folder folder;

    ScopedReader(Reader<V> reader, Folder folder) {
        this.reader = reader;
        this.folder = folder;
    }

    @Override
    public final Optional<V> get(StorageKey key) {
        return reader.get(inside(key));
    }

    @Override
    public final Page<String> list(Folder listed, String after, int limit) {
        return reader.list(inside(listed), after, limit);
    }

    @Override
    public final Page<StorageKey> scan(Folder scanned, String after, int limit) {
        return reader.scan(inside(scanned), after, limit);
    }

    @Override
    public final boolean unchanged(StorageKey key, long since) {
        return reader.unchanged(inside(key), since);
    }

    @Override
    public final boolean unchanged(Folder asked, long since) {
        return reader.unchanged(inside(asked), since);
    }

    @Override
    public final long version() {
        return reader.version();
    }

    final StorageKey inside(StorageKey key) {
        if (!folder.contains(key)) {
            throw new IllegalArgumentException(key + " lies outside of " + folder);
        }
        return key;
    }

    final Folder inside(Folder other) {
        if (!folder.contains(other)) {
            throw new IllegalArgumentException(other + " lies outside of " + folder);
        }
        return other;
    }
}
