// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.storage.EncryptedStore;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Stored;
import io.coffer.core.storage.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Opens the values of a scope, a stretch of them at a time, to see whether each is what was encrypted there.
public final class Authentication {
    private static final long BYTES = 1L << 20;

    private Authentication() {}

    /// What a stretch showed.
    ///
    /// @param after where the next one begins; empty if this was the last
    /// @param terms values and bytes by the term in their headers
    /// @param bad what does not open
    /// @param keyring whether the scope has one; without it nothing opens
    public record Stretch(Optional<String> after, Map<Integer, Tally> terms, List<StorageKey> bad, boolean keyring) {}

    /// Opens the next values of a scope; those of `keys` are the other scopes' keyrings.
    ///
    /// @param after the path of the last value before; empty to begin
    public static Stretch next(Barrier barrier, Scope scope, String after, int limit) {
        return barrier.storage().inspect(reader -> look(barrier, reader, scope, after, limit));
    }

    private static Stretch look(Barrier barrier, EncryptedStore.Walks reader, Scope scope, String after, int limit) {
        Optional<Keyring> keyring = keyring(barrier, reader, scope);
        Page<Stored> page = reader.walk(Folder.of(scope), after, limit, BYTES);
        Map<Integer, Tally> terms = new TreeMap<>();
        List<StorageKey> bad = new ArrayList<>();
        for (Stored stored : page.items()) {
            terms.merge(stored.value().term(), new Tally(1, stored.value().length(), 0, 0), Tally::plus);
            if (keyring.isEmpty() || !opens(barrier, keyring.get(), stored)) {
                bad.add(stored.key());
            }
        }
        Optional<String> next =
                page.more() ? Optional.of(page.items().getLast().key().path()) : Optional.empty();
        return new Stretch(next, terms, bad, keyring.isPresent());
    }

    /// Empty also if the keyring itself is bent: it is found among the values of `keys`.
    private static Optional<Keyring> keyring(Barrier barrier, EncryptedStore.Walks reader, Scope scope) {
        try {
            return barrier.keyrings().of(scope, reader);
        } catch (CorruptedException bent) {
            return Optional.empty();
        }
    }

    private static boolean opens(Barrier barrier, Keyring keyring, Stored stored) {
        try {
            Arrays.fill(barrier.entries().decryptAside(keyring, stored.key(), stored.value()), (byte) 0);
            return true;
        } catch (CorruptedException bent) {
            return false;
        }
    }
}
