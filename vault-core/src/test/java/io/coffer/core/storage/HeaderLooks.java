// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk that counts how many headers are read.
public record HeaderLooks(Disk disk, AtomicInteger looks) implements Disk {
    @Override
    public View view() {
        return new Watched(disk.view(), looks);
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

    private record Watched(View view, AtomicInteger looks) implements View {
        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            return view.get(family, key);
        }

        @Override
        public int head(Family family, byte[] key, byte[] into) {
            looks.incrementAndGet();
            return view.head(family, key, into);
        }

        @Override
        public Cursor from(Family family, byte[] key) {
            return view.from(family, key);
        }

        @Override
        public Cursor range(Family family, byte[] from, byte[] to) {
            return view.range(family, from, to);
        }

        @Override
        public void close() {
            view.close();
        }
    }
}
