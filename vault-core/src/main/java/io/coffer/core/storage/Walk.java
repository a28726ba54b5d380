// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// One walk over a folder in byte order: the disk's pairs and the pending changes over them, merged.
final class Walk implements AutoCloseable {
    private static final byte[] END = new byte[0];

    private final Folder folder;
    private final int prefix;
    private final Optional<Disk.Cursor> disk;
    private final NavigableMap<byte[], Boolean> pending;

    /// @param view where the disk's pairs come from; empty if none of them is to be seen
    /// @param pending disk keys in byte order, each with whether there is a value
    Walk(Folder folder, Optional<Disk.View> view, NavigableMap<byte[], Boolean> pending) {
        byte[] first = folder.encoded();
        this.folder = folder;
        this.prefix = first.length;
        this.pending = pending;
        this.disk = view.map(v -> v.range(folder.scope().family(), first, folder.end()));
    }

    /// A map for pending changes.
    static NavigableMap<byte[], Boolean> changes() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /// The children after a name; a sub-folder is passed by one seek.
    Page<String> children(String after, int limit) {
        List<String> names = new ArrayList<>();
        byte[] key = seek(start(after, after.endsWith("/")));
        while (key != END && names.size() < limit) {
            int slash = prefix;
            while (slash < key.length && key[slash] != '/') {
                slash++;
            }
            boolean isFolder = slash < key.length;
            names.add(text(key, isFolder ? slash + 1 : slash));
            key = isFolder ? seek(pastFolder(key, slash)) : step(key);
        }
        return new Page<>(names, key != END);
    }

    /// All keys after a path, at any depth.
    Page<StorageKey> keys(String after, int limit) {
        List<StorageKey> keys = new ArrayList<>();
        byte[] key = seek(start(after, false));
        while (key != END && keys.size() < limit) {
            keys.add(folder.key(text(key, key.length)));
            key = step(key);
        }
        return new Page<>(keys, key != END);
    }

    /// All values after a path, at any depth; only where nothing is pending.
    Page<Stored> values(String after, int limit, long bytes) {
        if (disk.isEmpty() || !pending.isEmpty()) {
            throw new IllegalStateException("values are walked over on a durable snapshot alone");
        }
        Disk.Cursor cursor = disk.get();
        List<Stored> values = new ArrayList<>();
        long left = bytes;
        cursor.seek(start(after, false));
        while (cursor.valid() && values.size() < limit && left > 0) {
            byte[] key = cursor.key();
            Ciphertext value = new Ciphertext(cursor.value());
            values.add(new Stored(folder.key(text(key, key.length)), value));
            left -= value.length();
            cursor.next();
        }
        return new Page<>(values, cursor.valid());
    }

    @Override
    public void close() {
        disk.ifPresent(Disk.Cursor::close);
    }

    private byte[] start(String after, boolean isFolder) {
        Names.checkCharacters(after);
        byte[] name = (folder.path() + after).getBytes(StandardCharsets.UTF_8);
        int scope = folder.scope().name().length() + 1;
        byte[] key = Arrays.copyOf(folder.encoded(), scope + name.length);
        System.arraycopy(name, 0, key, scope, name.length);
        if (after.isEmpty()) {
            return key;
        }
        return isFolder ? pastFolder(key, key.length - 1) : successor(key);
    }

    /// The first key at or after this one that has a value, or the end.
    private byte[] seek(byte[] from) {
        disk.ifPresent(cursor -> cursor.seek(from));
        return settle(from);
    }

    private byte[] step(byte[] key) {
        if (disk.isPresent() && disk.get().valid() && Arrays.equals(disk.get().key(), key)) {
            disk.get().next();
        }
        return settle(successor(key));
    }

    private byte[] settle(byte[] from) {
        byte[] next = from;
        while (true) {
            byte[] stored = disk.isPresent() && disk.get().valid() ? disk.get().key() : END;
            Map.Entry<byte[], Boolean> change = pending.isEmpty() ? null : pending.ceilingEntry(next);
            if (change == null) {
                return stored;
            }
            int order = stored == END ? 1 : Arrays.compareUnsigned(stored, change.getKey());
            if (order < 0) {
                return stored;
            }
            if (change.getValue()) {
                return change.getKey();
            }
            if (order == 0) {
                disk.get().next();
            }
            next = successor(change.getKey());
        }
    }

    private String text(byte[] key, int end) {
        return new String(key, prefix, end - prefix, StandardCharsets.UTF_8);
    }

    /// The first key after all that start with the bytes up to the '/' at this index: in its place the
    /// next byte, '0'.
    private static byte[] pastFolder(byte[] key, int slash) {
        byte[] past = Arrays.copyOf(key, slash + 1);
        past[slash] = '/' + 1;
        return past;
    }

    /// The first possible key after this one.
    private static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
