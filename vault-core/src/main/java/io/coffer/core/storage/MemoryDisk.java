// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.StorageUnavailableException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A disk in memory, for a development server and for tests. Nothing outlives it.
public final class MemoryDisk implements Disk {
    private volatile Map<Family, SortedTree> families;
    private volatile boolean closed;

    public MemoryDisk() {
        families = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            families.put(family, SortedTree.Leaf.EMPTY);
        }
    }

    @Override
    public View view() {
        checkOpen();
        return new MemoryView(families);
    }

    @Override
    public synchronized void write(List<Change> changes) {
        checkOpen();
        Map<Family, SortedTree> next = new EnumMap<>(families);
        for (Change change : changes) {
            switch (change) {
                case Change.Put(var family, var key, var value) ->
                    next.computeIfPresent(family, (f, tree) -> tree.put(key, value));
                case Change.Delete(var family, var key) ->
                    next.computeIfPresent(family, (f, tree) -> tree.remove(key, SortedTree.successor(key)));
                case Change.DeleteRange(var family, var from, var to) ->
                    next.computeIfPresent(family, (f, tree) -> tree.remove(from, to));
            }
        }
        families = next;
    }

    /// Nothing to do: what is removed or replaced is garbage as soon as the last view of it is closed.
    @Override
    public void purge() {
        checkOpen();
    }

    @Override
    public List<byte[]> traces(List<byte[]> sequences) {
        Sequences wanted = new Sequences(sequences);
        try (View view = view()) {
            for (Family family : Family.values()) {
                try (Cursor cursor = view.from(family, new byte[0])) {
                    for (; cursor.valid(); cursor.next()) {
                        wanted.look(cursor.key(), cursor.key().length);
                        wanted.look(cursor.value(), cursor.value().length);
                    }
                }
            }
        }
        return wanted.found();
    }

    /// Nothing to do, as with {@link #purge}.
    @Override
    public void reclaim(Family family, byte[] from, byte[] to) {
        checkOpen();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageUnavailableException("the disk is closed");
        }
    }

    private final class MemoryView implements View {
        private final Map<Family, SortedTree> shown;
        private volatile boolean ended;

        MemoryView(Map<Family, SortedTree> shown) {
            this.shown = shown;
        }

        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            return tree(family).get(key);
        }

        @Override
        public int head(Family family, byte[] key, byte[] into) {
            Optional<byte[]> value = get(family, key);
            if (value.isEmpty()) {
                return ABSENT;
            }
            byte[] bytes = value.get();
            System.arraycopy(bytes, 0, into, 0, Math.min(bytes.length, into.length));
            return bytes.length;
        }

        @Override
        public Cursor from(Family family, byte[] key) {
            return new MemoryCursor(tree(family), key, Optional.empty());
        }

        @Override
        public Cursor range(Family family, byte[] from, byte[] to) {
            return new MemoryCursor(tree(family), from, Optional.of(to));
        }

        @Override
        public void close() {
            ended = true;
        }

        private SortedTree tree(Family family) {
            checkOpen();
            if (ended) {
                throw new StorageUnavailableException("the view is closed");
            }
            return shown.getOrDefault(family, SortedTree.Leaf.EMPTY);
        }
    }

    private static final class MemoryCursor implements Cursor {
        private final SortedTree tree;
        private final byte[] first;
        private final Optional<byte[]> end;
        private Optional<SortedTree.Node> at;

        MemoryCursor(SortedTree tree, byte[] first, Optional<byte[]> end) {
            this.tree = tree;
            this.first = first;
            this.end = end;
            this.at = at(first);
        }

        @Override
        public boolean valid() {
            return at.isPresent();
        }

        @Override
        public byte[] key() {
            return at.orElseThrow().key();
        }

        @Override
        public byte[] value() {
            return at.orElseThrow().value();
        }

        @Override
        public void next() {
            at = at(SortedTree.successor(key()));
        }

        @Override
        public void seek(byte[] key) {
            at = at(Arrays.compareUnsigned(key, first) < 0 ? first : key);
        }

        @Override
        public void close() {
            at = Optional.empty();
        }

        private Optional<SortedTree.Node> at(byte[] key) {
            return tree.ceiling(key).filter(node -> end.isEmpty() || Arrays.compareUnsigned(node.key(), end.get()) < 0);
        }
    }
}
