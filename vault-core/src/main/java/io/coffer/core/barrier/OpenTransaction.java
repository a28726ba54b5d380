// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
        requireValue(key.scope());
        writer.put(key, barrier.entries().encrypt(required(key.scope()), key, value.bytes(), barrier.random()));
    }

    @Override
    public void delete(StorageKey key) {
        requireValue(key.scope());
        writer.delete(key);
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
    public Optional<TermInfo> rotate(Scope scope, Instant now) {
        Keyring current = required(scope);
        if (current.isFull()) {
            return Optional.empty();
        }
        Keyring rotated = current.rotate(current.primaryInfo().algorithm(), barrier.random(), now);
        write(scope, rotated);
        return Optional.of(rotated.primaryInfo());
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
        barrier.keyrings().keep(scope, keyring);
        retire(Keyrings.record(scope));
        changed.put(scope, Optional.of(keyring));
        if (scope.equals(Scope.KEYS)) {
            writer.put(RootKey.RECORD, barrier.rootKey().wrap(keyring, barrier.random()));
            return;
        }
        StorageKey key = Keyrings.record(scope);
        byte[] plain = KeyringFormat.encode(keyring);
        writer.put(key, barrier.entries().encrypt(required(Scope.KEYS), key, plain, barrier.random()));
        Arrays.fill(plain, (byte) 0);
    }

    /// The record of a keyring that is about to be replaced or removed must leave the disk's files too.
    private void retire(StorageKey record) {
        writer.get(record).ifPresent(old -> {
            int from = Ciphertext.HEADER_BYTES;
            owePurge(Arrays.copyOfRange(old.bytes(), from, from + Owed.NONCE_BYTES));
        });
    }
}
