// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What was made of stored values, each thing with the commit that it shows. Bounded: when it is full, a
/// part of it is dropped.
///
/// A snapshot older than a kept thing makes its own; a transaction that wrote the guard itself never keeps
/// what it made. That nothing is there is not kept, or names that nobody has would drive out those that are
/// used.
///
/// It owns every closeable thing that was ever made, kept or not, since somebody may still be using one that is
/// replaced; all are closed with it, and one that is made later at once. There are few: a thing is not made
/// again while the guard's record is the same one.
final class Kept implements AutoCloseable {
    /// The most things kept.
    static final int LIMIT = 20_000;

    /// Header and nonce: no two records have the same.
    private static final int IDENTITY_BYTES = Ciphertext.HEADER_BYTES + Owed.NONCE_BYTES;

    private final Map<StorageKey, Thing> things = new ConcurrentHashMap<>();
    private final Set<AutoCloseable> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    /// @param record tells the guard's record from every other one
    private record Thing(Object value, long since, byte[] record) {}

    @SuppressWarnings("unchecked")
    <T> T get(Reader<Ciphertext> reader, StorageKey guard, Supplier<T> load) {
        Thing known = things.get(guard);
        if (known != null && known.since <= reader.version()) {
            if (reader.unchanged(guard, known.since)) {
                return (T) known.value;
            }
            // "Changed" may be a needless yes, and then it would be one for every snapshot from here on.
            if (Arrays.equals(known.record, record(reader, guard))) {
                keep(reader, guard, known.value);
                return (T) known.value;
            }
        }
        T made = load.get();
        own(made);
        if (!Optional.empty().equals(made)) {
            keep(reader, guard, made);
        }
        return made;
    }

    int size() {
        return things.size();
    }

    private void keep(Reader<Ciphertext> reader, StorageKey guard, Object value) {
        if (reader.unchanged(guard, reader.version())) {
            makeRoom();
            things.put(guard, new Thing(value, reader.version(), record(reader, guard)));
        }
    }

    private static byte[] record(Reader<Ciphertext> reader, StorageKey guard) {
        return reader.get(guard)
                .map(Ciphertext::bytes)
                .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, IDENTITY_BYTES)))
                .orElse(new byte[0]);
    }

    private void makeRoom() {
        if (things.size() < LIMIT) {
            return;
        }
        Iterator<Thing> all = things.values().iterator();
        for (int i = 0; i < LIMIT / 10 && all.hasNext(); i++) {
            if (!(all.next().value instanceof AutoCloseable)) {
                all.remove();
            }
        }
    }

    private synchronized void own(Object made) {
        if (made instanceof AutoCloseable closeable) {
            owned.add(closeable);
            if (closed) {
                close(closeable);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        owned.forEach(Kept::close);
        things.clear();
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            throw new IllegalStateException("a kept thing does not close", e);
        }
    }
}
