// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// An encrypted value: one byte of format (1), four of key term, the nonce (24 bytes, 12 in a term of AES-256-GCM), ciphertext and
/// tag (16 bytes). Big endian.
///
/// Authenticated with it: the label `coffer/entry`, store id, format, term, scope and path, each after its length in four bytes. So
/// an entry moved to another key, scope, term or store does not open. docs/format.md has a worked example.
final class EntryFormat {
    static final byte FORMAT = 1;
    private static final String LABEL = "coffer/entry";

    private final byte[] storeId;

    EntryFormat(StoreId storeId) {
        this.storeId = storeId.bytes();
    }

    Ciphertext encrypt(Keyring keyring, StorageKey key, byte[] plaintext, SecureRandom random) {
        TermInfo info = keyring.primaryInfo();
        byte[] nonce = new byte[info.algorithm().nonceBytes()];
        random.nextBytes(nonce);
        byte[] sealed = keyring.primaryKey().encrypt(nonce, plaintext, context(info.term(), key));
        return new Ciphertext(ByteBuffer.allocate(Ciphertext.HEADER_BYTES + nonce.length + sealed.length)
                .put(FORMAT)
                .putInt(info.term().value())
                .put(nonce)
                .put(sealed)
                .array());
    }

    /// @throws CorruptedException naming the key if this is not what was encrypted under it here
    byte[] decrypt(Keyring keyring, StorageKey key, Ciphertext value) {
        byte[] bytes = value.bytes();
        if (bytes.length < Ciphertext.HEADER_BYTES || bytes[0] != FORMAT || value.term() < 1) {
            throw new CorruptedException("the value of " + key + " is no entry of a format known here");
        }
        KeyTerm term = new KeyTerm(value.term());
        Optional<DataKey> dataKey = keyring.key(term);
        if (dataKey.isEmpty()) {
            throw new CorruptedException("the value of " + key + " needs term " + term + ", whose key is not there");
        }
        int nonceEnd = Ciphertext.HEADER_BYTES + dataKey.get().aead().algorithm().nonceBytes();
        if (bytes.length < nonceEnd) {
            throw new CorruptedException("the value of " + key + " is cut short");
        }
        byte[] nonce = Arrays.copyOfRange(bytes, Ciphertext.HEADER_BYTES, nonceEnd);
        byte[] sealed = Arrays.copyOfRange(bytes, nonceEnd, bytes.length);
        try {
            return dataKey.get().aead().decrypt(nonce, sealed, context(term, key));
        } catch (AuthenticationFailedException bent) {
            throw new CorruptedException("the value of " + key + " does not open: it was changed or moved", bent);
        }
    }

    private byte[] context(KeyTerm term, StorageKey key) {
        return AssociatedData.of(
                LABEL,
                storeId,
                new byte[] {FORMAT},
                ByteBuffer.allocate(4).putInt(term.value()).array(),
                key.scope().name().getBytes(StandardCharsets.UTF_8),
                key.path().getBytes(StandardCharsets.UTF_8));
    }
}
