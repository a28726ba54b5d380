// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A store that is too simple to be wrong: a sorted map, one transaction after the other.
final class Model implements Writer<Ciphertext> {
    private final TreeMap<byte[], Ciphertext> pairs = new TreeMap<>(Arrays::compareUnsigned);
    private boolean wrote;

    Model copy() {
        Model copy = new Model();
        copy.pairs.putAll(pairs);
        return copy;
    }

    /// Everything that a committer holds.
    static Model of(Committer storage) {
        Model model = new Model();
        storage.read(reader -> {
            for (Scope scope : Script.SCOPES) {
                Page<StorageKey> all = reader.scan(Folder.of(scope), "", StorageLimits.DEFAULT.page());
                for (StorageKey key : all.items()) {
                    model.pairs.put(key.encoded(), reader.get(key).orElseThrow());
                }
            }
            return 0;
        });
        return model;
    }

    Reader<Ciphertext> reader() {
        return this;
    }

    Writer<Ciphertext> writer() {
        return this;
    }

    /// Whether anything was changed; the removal of nothing is no change.
    boolean wrote() {
        return wrote;
    }

    @Override
    public Optional<Ciphertext> get(StorageKey key) {
        return Optional.ofNullable(pairs.get(key.encoded()));
    }

    @Override
    public Page<String> list(Folder folder, String after, int limit) {
        TreeSet<byte[]> names = new TreeSet<>(Arrays::compareUnsigned);
        for (StorageKey key : keys(folder)) {
            String path = folder.relative(key);
            int slash = path.indexOf('/');
            names.add(utf8(slash < 0 ? path : path.substring(0, slash + 1)));
        }
        List<String> later = new ArrayList<>();
        for (byte[] name : names) {
            if (Arrays.compareUnsigned(name, utf8(after)) > 0) {
                later.add(new String(name, StandardCharsets.UTF_8));
            }
        }
        return page(later, limit);
    }

    @Override
    public Page<StorageKey> scan(Folder folder, String after, int limit) {
        List<StorageKey> later = new ArrayList<>();
        for (StorageKey key : keys(folder)) {
            if (after.isEmpty() || Arrays.compareUnsigned(utf8(folder.relative(key)), utf8(after)) > 0) {
                later.add(key);
            }
        }
        return page(later, limit);
    }

    @Override
    public boolean unchanged(StorageKey key, long since) {
        return false;
    }

    @Override
    public boolean unchanged(Folder folder, long since) {
        return false;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public void put(StorageKey key, Ciphertext value) {
        wrote = true;
        pairs.put(key.encoded(), value);
    }

    @Override
    public Footprint create(StorageKey key, Ciphertext value) {
        if (get(key).isPresent()) {
            throw new AssertionError("a value is where none was to be: " + key);
        }
        put(key, value);
        return new Footprint(value.term(), value.length());
    }

    @Override
    public void delete(StorageKey key) {
        wrote |= pairs.remove(key.encoded()) != null;
    }

    @Override
    public void delete(StorageKey key, Footprint known) {
        delete(key);
    }

    @Override
    public void clear(Folder folder) {
        wrote = true;
        pairs.subMap(folder.encoded(), folder.end()).clear();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Model model && lines().equals(model.lines());
    }

    @Override
    public int hashCode() {
        return lines().hashCode();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        pairs.forEach((key, value) -> lines.add(StorageKey.decode(key) + "=" + value.term() + Entries.text(value)));
        return lines;
    }

    private List<StorageKey> keys(Folder folder) {
        List<StorageKey> keys = new ArrayList<>();
        pairs.keySet().forEach(key -> {
            StorageKey decoded = StorageKey.decode(key);
            if (folder.contains(decoded)) {
                keys.add(decoded);
            }
        });
        return keys;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> Page<T> page(List<T> all, int limit) {
        return new Page<>(all.subList(0, Math.min(limit, all.size())), all.size() > limit);
    }
}
