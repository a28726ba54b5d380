// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// A writer that names nothing outside one folder.
final class ScopedWriter<V> extends ScopedReader<V> implements Writer<V> {
    private final Writer<V> writer;

    ScopedWriter(Writer<V> writer, Folder folder) {
        super(writer, folder);
        this.writer = writer;
    }

    @Override
    public void put(StorageKey key, V value) {
        writer.put(inside(key), value);
    }

    @Override
    public Footprint create(StorageKey key, V value) {
        return writer.create(inside(key), value);
    }

    @Override
    public void delete(StorageKey key) {
        writer.delete(inside(key));
    }

    @Override
    public void delete(StorageKey key, Footprint known) {
        writer.delete(inside(key), known);
    }

    @Override
    public void clear(Folder cleared) {
        writer.clear(inside(cleared));
    }
}
