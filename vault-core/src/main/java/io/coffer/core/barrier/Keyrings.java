// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The keyrings that are open, each kept until its record changes. Every look at one counts as a read of
/// its record, so a transaction that encrypted under a keyring runs again when that keyring changed.
///
/// A key that stands in the old and the new keyring is one object: its ciphers live on. All keys ever
/// opened are closed with this, at sealing.
final class Keyrings implements AutoCloseable {
    private final RootKeys rootKeys;
    private final EntryFormat entries;
    private final Census census;
    private final Map<Scope, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Scope, Map<DataKey, KeyTerm>> opened = new HashMap<>();
    private boolean closed;

    private record Kept(Keyring keyring, long since) {}

    Keyrings(RootKeys rootKeys, EntryFormat entries, Census census) {
        this.census = census;
        this.rootKeys = rootKeys;
        this.entries = entries;
    }

    /// The record of a scope's keyring.
    static StorageKey record(Scope scope) {
        return scope.equals(Scope.KEYS) ? RootKey.RECORD : new StorageKey(Scope.KEYS, scope.name());
    }

    /// The keyring of a scope as this snapshot shows it; empty if the scope has none. What it is wrapped by
    /// is there as long as the snapshot is in use: {@link RekeyJob} waits for that.
    Optional<Keyring> of(Scope scope, Reader<Ciphertext> reader) {
        Kept known = kept.get(scope);
        if (known != null && reader.unchanged(record(scope), known.since) && known.since <= reader.version()) {
            return Optional.of(known.keyring);
        }
        return scope.equals(Scope.KEYS) ? loadKeys(reader) : load(scope, reader);
    }

    /// Remembers keys that a transaction made, so that sealing reaches them.
    synchronized void keep(Scope scope, Keyring keyring) {
        if (closed) {
            keyring.close();
        }
        Map<DataKey, KeyTerm> keys = opened.computeIfAbsent(scope, none -> new HashMap<>());
        keyring.terms().forEach(info -> keyring.key(info.term()).ifPresent(key -> keys.put(key, info.term())));
    }

    /// The terms that have opened a value since this was last asked.
    Map<Scope, List<Barrier.Use>> takeUses() {
        Map<Scope, List<Barrier.Use>> uses = new HashMap<>();
        kept.forEach((scope, known) -> {
            List<Barrier.Use> used = known.keyring.terms().stream()
                    .flatMap(info -> use(info, known.keyring.key(info.term())).stream())
                    .toList();
            if (!used.isEmpty()) {
                uses.put(scope, used);
            }
        });
        return uses;
    }

    private static Optional<Barrier.Use> use(TermInfo info, Optional<DataKey> key) {
        return key.filter(DataKey::takeUse).map(used -> new Barrier.Use(info, used.takeRetiredUses()));
    }

    /// Closes the keys of a scope that is gone, when no snapshot shows it any more.
    synchronized void forget(Scope scope) {
        kept.remove(scope);
        opened.getOrDefault(scope, Map.of()).keySet().forEach(DataKey::close);
        opened.remove(scope);
    }

    /// Closes the keys of the terms that the newest keyring known here has as destroyed; when no snapshot shows an
    /// older one. Keys that some transaction is about to add stay open.
    synchronized void closeDestroyed(Scope scope) {
        Kept known = kept.get(scope);
        if (known != null) {
            Set<KeyTerm> destroyed = new HashSet<>();
            known.keyring.terms().stream()
                    .filter(info -> info.status() == KeyStatus.DESTROYED)
                    .forEach(info -> destroyed.add(info.term()));
            opened.getOrDefault(scope, Map.of()).entrySet().removeIf(each -> {
                boolean gone = destroyed.contains(each.getValue());
                if (gone) {
                    each.getKey().close();
                }
                return gone;
            });
        }
    }

    private Optional<Keyring> load(Scope scope, Reader<Ciphertext> reader) {
        Optional<Ciphertext> record = reader.get(record(scope));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        Keyring keys = of(Scope.KEYS, reader).orElseThrow(Keyrings::noKeys);
        synchronized (this) {
            return kept(scope, decode(scope, record.get(), keys), reader);
        }
    }

    /// Its record is wrapped by the root key of the current shares; a vault that the previous ones opened reads the
    /// copy under theirs, which has the same keyring.
    private Optional<Keyring> loadKeys(Reader<Ciphertext> reader) {
        Optional<Ciphertext> record = reader.get(RootKey.RECORD);
        if (record.isPresent() && rootKeys.of(record.get()).isEmpty()) {
            record = reader.get(RootKey.PREVIOUS)
                    .filter(previous -> rootKeys.of(previous).isPresent())
                    .or(() -> reader.get(RootKey.RECORD));
        }
        if (record.isEmpty()) {
            return Optional.empty();
        }
        Ciphertext wrapped = record.get();
        synchronized (this) {
            RootKey rootKey = rootKeys.of(wrapped).orElseGet(rootKeys::any);
            return kept(Scope.KEYS, rootKey.unwrap(wrapped, known(Scope.KEYS)), reader);
        }
    }

    private Optional<Keyring> kept(Scope scope, Keyring keyring, Reader<Ciphertext> reader) {
        keep(scope, keyring);
        if (keyring.primaryInfo().algorithm().isBounded()) {
            int term = keyring.primary().value();
            long committed = census.census(scope).getOrDefault(term, Tally.NONE).encryptions();
            keyring.key(keyring.primary()).ifPresent(key -> key.spent(committed));
        }
        Kept known = kept.get(scope);
        boolean older = known != null && known.since > reader.version();
        if (!older && reader.unchanged(record(scope), reader.version())) {
            kept.put(scope, new Kept(keyring, reader.version()));
        }
        return Optional.of(keyring);
    }

    private Keyring decode(Scope scope, Ciphertext record, Keyring keys) {
        byte[] plain = entries.decrypt(keys, record(scope), record);
        try {
            return KeyringFormat.decode(plain, known(scope));
        } catch (IllegalArgumentException foreign) {
            throw new CorruptedException("the keyring of " + scope + ": " + foreign.getMessage(), foreign);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Function<KeyTerm, Optional<DataKey>> known(Scope scope) {
        Kept known = kept.get(scope);
        return term -> known == null ? Optional.empty() : known.keyring.key(term);
    }

    private static CorruptedException noKeys() {
        return new CorruptedException("the keyring of keys is not there");
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.values().forEach(keys -> keys.keySet().forEach(DataKey::close));
        kept.clear();
        rootKeys.close();
    }
}
