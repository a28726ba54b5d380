// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.CorruptedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A disk on which one value cannot be read, as where a byte of a file is bent.
public final class DamagedDisk implements Disk {
    public static final String MESSAGE = "the file is damaged";

    private final Disk disk;
    private volatile Optional<StorageKey> damaged = Optional.empty();

    public DamagedDisk(Disk disk) {
        this.disk = disk;
    }

    public void damage(StorageKey key) {
        damaged = Optional.of(key);
    }

    public void repair() {
        damaged = Optional.empty();
    }

    private void look(byte[] key) {
        if (damaged.filter(place -> Arrays.equals(place.encoded(), key)).isPresent()) {
            throw new CorruptedException(MESSAGE);
        }
    }

    @Override
    public View view() {
        return new Part(disk.view());
    }

    @Override
    public void write(List<Change> changes) {
        disk.write(changes);
    }

    @Override
    public void purge() {
        disk.purge();
    }

    @Override
    public List<byte[]> traces(List<byte[]> sequences) {
        return disk.traces(sequences);
    }

    @Override
    public void reclaim(Family family, byte[] from, byte[] to) {
        disk.reclaim(family, from, to);
    }

    @Override
    public void close() {
        disk.close();
    }

    private final class Part implements View {
        private final View view;

        Part(View view) {
            this.view = view;
        }

        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            look(key);
            return view.get(family, key);
        }

        @Override
        public int head(Family family, byte[] key, byte[] into) {
            look(key);
            return view.head(family, key, into);
        }

        @Override
        public Cursor from(Family family, byte[] key) {
            return new Walk(view.from(family, key));
        }

        @Override
        public Cursor range(Family family, byte[] from, byte[] to) {
            return new Walk(view.range(family, from, to));
        }

        @Override
        public void close() {
            view.close();
        }
    }

    private final class Walk implements Cursor {
        private final Cursor cursor;

        Walk(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean valid() {
            return cursor.valid();
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public byte[] value() {
            look(cursor.key());
            return cursor.value();
        }

        @Override
        public void next() {
            cursor.next();
        }

        @Override
        public void seek(byte[] key) {
            cursor.seek(key);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
