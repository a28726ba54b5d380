// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.OverloadedException;
import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/// An encrypted value: one byte of format (1), four of key term, the nonce (24 bytes, 12 in a term of
/// AES-256-GCM), ciphertext and tag (16 bytes). Big endian.
///
/// Authenticated with it: the label `coffer/entry`, store id, format, term, scope and path, each after its
/// length in four bytes. So an entry moved to another key, scope, term or store does not open.
/// docs/format.md has a worked example.
final class EntryFormat {
    static final byte FORMAT = 1;
    private static final String LABEL = "coffer/entry";

    /// What every entry of this store has in its context.
    private final byte[] start;

    EntryFormat(StoreId storeId) {
        this.start = AssociatedData.of(LABEL, storeId.bytes(), new byte[] {FORMAT});
    }

    /// @throws OverloadedException if the primary has encrypted as much as its algorithm allows; a rotation
    ///     comes soon
    Ciphertext encrypt(Keyring keyring, StorageKey key, byte[] plaintext, SecureRandom random) {
        DataKey primary = keyring.key(keyring.primary()).orElseThrow();
        if (!primary.spend()) {
            throw new OverloadedException("the key of scope " + key.scope()
                    + " has encrypted as much as its algorithm allows; rotate it, or try again in a minute");
        }
        AeadKey dataKey = primary.aead();
        byte[] nonce = new byte[dataKey.algorithm().nonceBytes()];
        random.nextBytes(nonce);
        byte[] entry = ByteBuffer.allocate(Ciphertext.HEADER_BYTES + dataKey.messageBytes(plaintext.length))
                .put(FORMAT)
                .putInt(keyring.primary().value())
                .put(nonce)
                .array();
        dataKey.encryptInto(entry, Ciphertext.HEADER_BYTES, plaintext, context(keyring.primary(), key));
        return new Ciphertext(entry);
    }

    /// @throws CorruptedException naming the key if this is not what was encrypted under it here
    byte[] decrypt(Keyring keyring, StorageKey key, Ciphertext value) {
        byte[] plain = decryptAside(keyring, key, value);
        boolean retired = value.term() != keyring.primary().value();
        keyring.key(new KeyTerm(value.term())).ifPresent(used -> used.use(retired));
        return plain;
    }

    /// As {@link #decrypt}, and does not count as a use of the term: for who looks after the keys.
    byte[] decryptAside(Keyring keyring, StorageKey key, Ciphertext value) {
        byte[] bytes = value.bytes();
        if (bytes.length < Ciphertext.HEADER_BYTES || bytes[0] != FORMAT || value.term() < 1) {
            throw new CorruptedException("the value of " + key + " is no entry of a format known here");
        }
        KeyTerm term = new KeyTerm(value.term());
        Optional<DataKey> dataKey = keyring.key(term);
        if (dataKey.isEmpty()) {
            throw new CorruptedException("the value of " + key + " needs term " + term + ", whose key is not there");
        }
        try {
            return dataKey.get().aead().decryptFrom(bytes, Ciphertext.HEADER_BYTES, context(term, key));
        } catch (AuthenticationFailedException bent) {
            throw new CorruptedException("the value of " + key + " does not open: it was changed or moved", bent);
        }
    }

    private byte[] context(KeyTerm term, StorageKey key) {
        return AssociatedData.append(
                start,
                AssociatedData.number(term.value()),
                AssociatedData.text(key.scope().name()),
                AssociatedData.text(key.path()));
    }
}
