// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.storage.Ciphertext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The root keys that are open, by share generation: one, and from the commit of a rekey until nobody
/// sees the former two.
final class RootKeys implements AutoCloseable {
    private final Map<Integer, RootKey> open = new ConcurrentHashMap<>();
    private boolean closed;

    RootKeys(RootKey first) {
        open.put(first.generation(), first);
    }

    /// Takes a further one over.
    synchronized void add(RootKey next) {
        if (closed) {
            next.close();
        }
        RootKey abandoned = open.put(next.generation(), next);
        if (abandoned != null) {
            abandoned.close();
        }
    }

    /// Closes those of earlier share generations, when no snapshot shows a keyring that one of them wrapped.
    synchronized void closeBefore(int generation) {
        open.values().removeIf(key -> {
            boolean former = key.generation() < generation;
            if (former) {
                key.close();
            }
            return former;
        });
    }

    /// The one that wrapped this keyring, if it is open.
    Optional<RootKey> of(Ciphertext wrapped) {
        return Optional.ofNullable(open.get(wrapped.term()));
    }

    /// Any one, to say what is wrong with a keyring that none has wrapped.
    RootKey any() {
        return open.values().iterator().next();
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(RootKey::close);
    }
}
