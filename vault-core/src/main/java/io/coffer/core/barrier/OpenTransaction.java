// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// A transaction on ciphertexts seen through its keyrings, those that it changed itself included.
final class OpenTransaction extends OpenSnapshot implements BarrierWriter {
    private final Writer<Ciphertext> writer;
    private final Map<Scope, Optional<Keyring>> changed = new HashMap<>();

    OpenTransaction(Barrier barrier, Writer<Ciphertext> writer) {
        super(barrier, writer);
        this.writer = writer;
    }

    @Override
    public void put(StorageKey key, Plaintext value) {
        writer.put(key, encrypted(key, value));
    }

    @Override
    public Footprint create(StorageKey key, Plaintext value) {
        return writer.create(key, encrypted(key, value));
    }

    @Override
    public void delete(StorageKey key) {
        requireValue(key.scope());
        writer.delete(key);
    }

    /// Only a move to the primary changes what a value takes up, and no term becomes the primary twice: what was
    /// created under the primary of today is as it was.
    @Override
    public void delete(StorageKey key, Footprint known) {
        requireValue(key.scope());
        if (required(key.scope()).primary().value() == known.term()) {
            writer.delete(key, known);
        } else {
            writer.delete(key);
        }
    }

    @Override
    public void clear(Folder folder) {
        requireValue(folder.scope());
        writer.clear(folder);
    }

    @Override
    public void createKeyring(Scope scope, Instant now) {
        if (keyring(scope).isPresent()) {
            throw new IllegalStateException("scope " + scope + " has a keyring already");
        }
        write(scope, Keyring.create(Algorithm.XAES_256_GCM, barrier.random(), now));
    }

    @Override
    public void removeScope(Scope scope) {
        requireValue(scope);
        retire(Keyrings.record(scope));
        writer.delete(Keyrings.record(scope));
        writer.clear(Folder.of(scope));
        changed.put(scope, Optional.empty());
        Owed.scope(this, scope);
    }

    @Override
    public void owePurge(byte[] nonce) {
        Owed.nonce(this, nonce);
    }

    @Override
    public void deprecate(Scope scope, KeyTerm term) {
        Keyring keyring = required(scope);
        Keyring deprecated = keyring.deprecate(term);
        if (deprecated != keyring) {
            write(scope, deprecated);
        }
    }

    @Override
    public void destroy(Scope scope, KeyTerm term) {
        write(scope, required(scope).destroy(term));
    }

    @Override
    public Optional<TermInfo> rotate(Scope scope, Optional<Algorithm> algorithm, Instant now) {
        Keyring current = required(scope);
        if (current.isFull()) {
            return Optional.empty();
        }
        if (scope.equals(Scope.KEYS) && isShared()) {
            throw new IllegalStateException("while two sets of shares open the store, scope keys gets no term");
        }
        Keyring rotated = current.rotate(algorithm.orElse(current.primaryInfo().algorithm()), barrier.random(), now);
        write(scope, rotated);
        return Optional.of(rotated.primaryInfo());
    }

    @Override
    public Optional<TermInfo> activate(Scope scope, KeyTerm term) {
        Keyring current = required(scope);
        boolean available =
                current.terms().stream().anyMatch(info -> info.term().equals(term) && info.isAvailable());
        if (!available) {
            return Optional.empty();
        }
        Keyring activated = current.activate(term);
        write(scope, activated);
        return Optional.of(activated.primaryInfo());
    }

    @Override
    public Optional<KeyTerm> termOf(Scope scope, Secret key) {
        return keyring(scope).flatMap(keyring -> keyring.termOf(key));
    }

    @Override
    public Optional<TermInfo> importKey(Scope scope, Algorithm algorithm, Secret key, Instant now) {
        requireValue(scope);
        Keyring current = required(scope);
        if (current.isFull()) {
            return Optional.empty();
        }
        Keyring added = current.add(key.copy(), algorithm, now);
        write(scope, added);
        return Optional.of(added.terms().getLast());
    }

    @Override
    public <T> Optional<T> lendPrimary(Scope scope, BiFunction<TermInfo, Secret, T> work) {
        requireValue(scope);
        return keyring(scope).map(keyring -> {
            try (Secret key = Secret.takeFrom(keyring.keyBytes(keyring.primary()))) {
                return work.apply(keyring.primaryInfo(), key);
            }
        });
    }

    private Keyring rotated(Keyring current, Instant now) {
        return current.rotate(current.primaryInfo().algorithm(), barrier.random(), now);
    }

    /// The keyring of keys with a new term, if there is room for one.
    private Keyring renewedKeys(Instant now) {
        Keyring keys = required(Scope.KEYS);
        return keys.isFull() ? keys : rotated(keys, now);
    }

    @Override
    public void replaceRootKey(RootKey next, Instant now) {
        Keyring keys = renewedKeys(now);
        retire(RootKey.PREVIOUS);
        writer.delete(RootKey.PREVIOUS);
        writeKeys(keys, next);
        RekeyJob.owe(this);
    }

    @Override
    public void addRootKey(RootKey next, int keeps) {
        Keyring keys = required(Scope.KEYS);
        StorageKey kept = record(RootKey.RECORD).term() == keeps ? RootKey.RECORD : RootKey.PREVIOUS;
        Ciphertext wrapped = record(kept);
        retire(kept.equals(RootKey.RECORD) ? RootKey.PREVIOUS : RootKey.RECORD);
        writer.put(RootKey.PREVIOUS, wrapped);
        writer.put(RootKey.RECORD, next.wrap(keys, barrier.random()));
        barrier.keyrings().keep(Scope.KEYS, keys);
        changed.put(Scope.KEYS, Optional.of(keys));
    }

    @Override
    public void dropPrevious(Instant now) {
        Keyring keys = renewedKeys(now);
        retire(RootKey.PREVIOUS);
        writer.delete(RootKey.PREVIOUS);
        writeKeys(keys, rootKey());
        RekeyJob.owe(this);
    }

    /// Encrypts a scope's keyring anew if it is not under the primary of keys. It is opened in any case: the header
    /// alone does not prove what it is under.
    ///
    /// @return whether it was not
    /// @throws CorruptedException if it does not open
    boolean rewrap(Scope scope) {
        StorageKey key = Keyrings.record(scope);
        Optional<Ciphertext> record = writer.get(key);
        if (record.isEmpty()) {
            return false;
        }
        Keyring keys = required(Scope.KEYS);
        byte[] plain = barrier.entries().decrypt(keys, key, record.get());
        boolean outdated = record.get().term() != keys.primary().value();
        if (outdated) {
            retire(key);
            writer.put(key, barrier.entries().encrypt(keys, key, plain, barrier.random()));
        }
        Arrays.fill(plain, (byte) 0);
        return outdated;
    }

    /// Destroys every term of keys but one, if that is the primary and one set of shares opens the store.
    ///
    /// @return whether it is so
    boolean destroyKeysBut(KeyTerm term) {
        Keyring keys = required(Scope.KEYS);
        if (!keys.primary().equals(term) || isShared()) {
            return false;
        }
        Keyring primary = keys.onlyPrimary();
        if (primary != keys) {
            writeKeys(primary, rootKey());
        }
        return true;
    }

    private Ciphertext record(StorageKey key) {
        return writer.get(key).orElseThrow(() -> new CorruptedException("the record " + key + " is not there"));
    }

    /// The root key that wraps the keyring of keys.
    private RootKey rootKey() {
        Optional<Ciphertext> wrapped = writer.get(RootKey.RECORD);
        return wrapped.isEmpty()
                ? barrier.rootKeys().any()
                : barrier.rootKeys()
                        .of(wrapped.get())
                        .orElseThrow(() -> new IllegalStateException("the previous shares opened this vault"));
    }

    private void writeKeys(Keyring keys, RootKey rootKey) {
        barrier.keyrings().keep(Scope.KEYS, keys);
        retire(RootKey.RECORD);
        changed.put(Scope.KEYS, Optional.of(keys));
        writer.put(RootKey.RECORD, rootKey.wrap(keys, barrier.random()));
    }

    @Override
    Optional<Keyring> keyring(Scope scope) {
        Optional<Keyring> own = changed.get(scope);
        return own == null ? super.keyring(scope) : own;
    }

    private Keyring required(Scope scope) {
        return keyring(scope).orElseThrow(() -> new IllegalStateException("scope " + scope + " has no keyring"));
    }

    private void write(Scope scope, Keyring keyring) {
        if (scope.equals(Scope.KEYS)) {
            writeKeys(keyring, rootKey());
            return;
        }
        barrier.keyrings().keep(scope, keyring);
        retire(Keyrings.record(scope));
        changed.put(scope, Optional.of(keyring));
        StorageKey key = Keyrings.record(scope);
        byte[] plain = KeyringFormat.encode(keyring);
        writer.put(key, barrier.entries().encrypt(required(Scope.KEYS), key, plain, barrier.random()));
        Arrays.fill(plain, (byte) 0);
    }

    /// The record of a keyring that is about to be replaced or removed must leave the disk's files too. One that is
    /// cut opens nothing, and files are full of what it would be looked for by.
    private void retire(StorageKey record) {
        writer.get(record).filter(Owed::hasNonce).map(Owed::nonceOf).ifPresent(this::owePurge);
    }

    private Ciphertext encrypted(StorageKey key, Plaintext value) {
        requireValue(key.scope());
        return barrier.entries().encrypt(required(key.scope()), key, value.bytes(), barrier.random());
    }
}
