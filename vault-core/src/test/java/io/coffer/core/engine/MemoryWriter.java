// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One transaction over a sorted map, for handlers under test. It counts what is read.
public final class MemoryWriter implements Writer<Plaintext> {
    private final NavigableMap<byte[], Plaintext> values = new TreeMap<>(Arrays::compareUnsigned);
    private int gets;

    /// A transaction that starts from what this one holds and changes nothing in it.
    public MemoryWriter copy() {
        MemoryWriter copy = new MemoryWriter();
        copy.values.putAll(values);
        return copy;
    }

    /// How many values were asked for.
    public int gets() {
        return gets;
    }

    /// All keys in byte order.
    public List<StorageKey> keys() {
        return values.keySet().stream().map(StorageKey::decode).toList();
    }

    @Override
    public Optional<Plaintext> get(StorageKey key) {
        gets++;
        return Optional.ofNullable(values.get(key.encoded()));
    }

    @Override
    public Page<String> list(Folder folder, String after, int limit) {
        Set<String> children = new LinkedHashSet<>();
        for (StorageKey key : below(folder)) {
            String relative = folder.relative(key);
            int slash = relative.indexOf('/');
            children.add(slash < 0 ? relative : relative.substring(0, slash + 1));
        }
        return page(children.stream().filter(name -> isAfter(name, after)).toList(), limit);
    }

    @Override
    public Page<StorageKey> scan(Folder folder, String after, int limit) {
        return page(
                below(folder).stream()
                        .filter(key -> isAfter(folder.relative(key), after))
                        .toList(),
                limit);
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
        return 1;
    }

    @Override
    public void put(StorageKey key, Plaintext value) {
        values.put(key.encoded(), value);
    }

    @Override
    public Footprint create(StorageKey key, Plaintext value) {
        if (values.putIfAbsent(key.encoded(), value) != null) {
            throw new AssertionError("a value is where none was to be: " + key);
        }
        return new Footprint(1, value.bytes().length);
    }

    @Override
    public void delete(StorageKey key, Footprint known) {
        if (values.remove(key.encoded()) == null) {
            throw new AssertionError("no value is where one was to be: " + key);
        }
    }

    @Override
    public void delete(StorageKey key) {
        values.remove(key.encoded());
    }

    @Override
    public void clear(Folder folder) {
        below(folder).forEach(this::delete);
    }

    private List<StorageKey> below(Folder folder) {
        return values.subMap(folder.encoded(), folder.end()).keySet().stream()
                .map(StorageKey::decode)
                .toList();
    }

    private static boolean isAfter(String name, String after) {
        return Arrays.compareUnsigned(
                        name.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        after.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                > 0;
    }

    private static <T> Page<T> page(List<T> all, int limit) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("a page has 1 to 1000 items");
        }
        return new Page<>(new ArrayList<>(all.subList(0, Math.min(limit, all.size()))), all.size() > limit);
    }
}
