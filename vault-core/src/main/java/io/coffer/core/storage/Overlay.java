// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/// What is accepted and not durable yet, seen only by a transaction that runs alone. Guarded by the
/// committer's lock.
final class Overlay {
    /// For a transaction that stands on a durable snapshot.
    static final Overlay NONE = new Overlay();

    private final Map<StorageKey, Touched> newest = new HashMap<>();
    private final Map<Scope, Transaction> cleared = new HashMap<>();

    /// What the newest accepted transaction put in a key's place; empty if the disk knows.
    Optional<Touched> find(StorageKey key) {
        return newest.isEmpty() ? Optional.empty() : Optional.ofNullable(newest.get(key));
    }

    /// Whether everything that the disk holds of a scope is gone.
    boolean hides(Scope scope) {
        return !cleared.isEmpty() && cleared.containsKey(scope);
    }

    void add(Transaction accepted) {
        for (Scope scope : accepted.cleared()) {
            newest.keySet().removeIf(key -> key.scope().equals(scope));
            cleared.put(scope, accepted);
        }
        for (Touched touched : accepted.written()) {
            newest.put(touched.key(), touched);
        }
    }

    /// Forgets what the disk shows by now, unless a later transaction has changed it again.
    void remove(Transaction durable) {
        for (Scope scope : durable.cleared()) {
            cleared.remove(scope, durable);
        }
        for (Touched touched : durable.written()) {
            newest.remove(touched.key(), touched);
        }
    }

    void clear() {
        newest.clear();
        cleared.clear();
    }

    /// Adds what is pending in a folder: disk key, and whether there is a value.
    void collect(Folder folder, NavigableMap<byte[], Boolean> into) {
        for (Touched touched : newest.values()) {
            if (folder.contains(touched.key())) {
                into.put(touched.encoded(), touched.value().isPresent());
            }
        }
    }
}
