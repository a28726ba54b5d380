// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What was made of stored values, each thing with the commit that it shows. Bounded: when it is full, a
/// part of it is dropped.
///
/// A snapshot older than a kept thing makes its own; a transaction that wrote the guard itself never keeps
/// what it made. That nothing is there is not kept, or names that nobody has would drive out those that are
/// used.
final class Kept implements AutoCloseable {
    /// The most things kept.
    static final int LIMIT = 20_000;

    private final Map<StorageKey, Thing> things = new ConcurrentHashMap<>();

    private record Thing(Object value, long since) {}

    @SuppressWarnings("unchecked")
    <T> T get(Reader<?> reader, StorageKey guard, Supplier<T> load) {
        Thing known = things.get(guard);
        if (known != null && known.since <= reader.version() && reader.unchanged(guard, known.since)) {
            return (T) known.value;
        }
        T made = load.get();
        if (!Optional.empty().equals(made) && reader.unchanged(guard, reader.version())) {
            makeRoom();
            things.put(guard, new Thing(made, reader.version()));
        }
        return made;
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

    @Override
    public void close() {
        things.values().forEach(Kept::close);
        things.clear();
    }

    private static void close(Thing thing) {
        if (thing.value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("a kept thing does not close", e);
            }
        }
    }
}
