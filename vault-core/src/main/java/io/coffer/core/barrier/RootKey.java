// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.KeyringFormat;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// The root key of one share generation, which wraps the keyring of scope `keys` and nothing else.
///
/// The wrapped keyring: one byte of format (1), four of generation, 24 of nonce, ciphertext and tag.
/// Authenticated with it: the label `coffer/keyring`, store id, format and generation, each after its
/// length in four bytes.
public final class RootKey implements AutoCloseable {
    /// The length of a root key, in bytes.
    public static final int BYTES = 32;

    /// Where the wrapped keyring lies.
    static final StorageKey RECORD = new StorageKey(Scope.KEYRING, "keys");

    /// Where the same keyring lies under the root key of the previous shares, while those open the store too.
    static final StorageKey PREVIOUS = new StorageKey(Scope.KEYRING, "previous");

    private static final byte FORMAT = 1;
    private static final String LABEL = "coffer/keyring";
    private static final int HEADER_BYTES = 1 + 4;

    private final StoreId storeId;
    private final int generation;
    private final AeadKey aead;

    /// Keeps a copy of the secret; the secret stays the caller's.
    public RootKey(StoreId storeId, int generation, Secret secret) {
        if (secret.length() != BYTES || generation < 1) {
            throw new IllegalArgumentException("a root key has " + BYTES + " bytes and a generation from 1");
        }
        this.storeId = storeId;
        this.generation = generation;
        this.aead = AeadKey.of(Algorithm.XAES_256_GCM, secret);
    }

    public StoreId storeId() {
        return storeId;
    }

    public int generation() {
        return generation;
    }

    Ciphertext wrap(Keyring keyring, SecureRandom random) {
        byte[] plain = KeyringFormat.encode(keyring);
        byte[] nonce = new byte[Algorithm.XAES_256_GCM.nonceBytes()];
        random.nextBytes(nonce);
        byte[] record = ByteBuffer.allocate(HEADER_BYTES + aead.messageBytes(plain.length))
                .put(FORMAT)
                .putInt(generation)
                .put(nonce)
                .array();
        aead.encryptInto(record, HEADER_BYTES, plain, context());
        Arrays.fill(plain, (byte) 0);
        return new Ciphertext(record);
    }

    /// @throws AuthenticationFailedException if this root key did not wrap it
    /// @throws CorruptedException if it has another form
    Keyring unwrap(Ciphertext wrapped, Function<KeyTerm, Optional<DataKey>> known) {
        byte[] bytes = wrapped.bytes();
        if (bytes.length < HEADER_BYTES || bytes[0] != FORMAT) {
            throw new CorruptedException("the keyring of keys is no record of a format known here");
        }
        int wrappedFor = ByteBuffer.wrap(bytes).getInt(1);
        if (wrappedFor != generation) {
            throw new CorruptedException("the keyring of keys is wrapped for share generation " + wrappedFor
                    + " and the root key is of generation " + generation);
        }
        byte[] plain = aead.decryptFrom(bytes, HEADER_BYTES, context());
        try {
            return KeyringFormat.decode(plain, known);
        } catch (IllegalArgumentException foreign) {
            throw new CorruptedException("the keyring of keys: " + foreign.getMessage(), foreign);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private byte[] context() {
        return AssociatedData.of(LABEL, storeId.bytes(), new byte[] {FORMAT}, AssociatedData.number(generation));
    }

    @Override
    public void close() {
        aead.close();
    }

    @Override
    public String toString() {
        return "RootKey[generation " + generation + "]";
    }
}
