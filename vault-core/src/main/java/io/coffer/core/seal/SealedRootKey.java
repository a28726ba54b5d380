// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.crypto.AssociatedData;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.util.Arrays;

/// A root key under an unseal key: nonce (24 bytes), ciphertext (32) and tag (16) of XAES-256-GCM.
/// Authenticated with it: the label `coffer/seal`, store id, generation and the kind of seal, each after
/// its length in four bytes.
///
/// The tag is the proof that the unseal key was the right one.
public record SealedRootKey(Kind kind, byte[] sealed) {
    static final int SEALED_BYTES = 24 + RootKey.BYTES + Algorithm.TAG_BYTES;
    private static final String LABEL = "coffer/seal";

    /// What the unseal key comes from.
    public enum Kind {
        SHAMIR("shamir", 1);

        private final String wireName;
        private final int code;

        Kind(String wireName, int code) {
            this.wireName = wireName;
            this.code = code;
        }

        public String wireName() {
            return wireName;
        }

        int code() {
            return code;
        }
    }

    public SealedRootKey {
        if (sealed.length != SEALED_BYTES) {
            throw new IllegalArgumentException("a sealed root key has " + SEALED_BYTES + " bytes");
        }
    }

    /// Seals a new root key; both keys stay the caller's.
    public static SealedRootKey seal(
            Secret rootKey, Secret unsealKey, StoreId storeId, int generation, SecureRandom random) {
        byte[] nonce = new byte[Algorithm.XAES_256_GCM.nonceBytes()];
        random.nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(nonce, SEALED_BYTES);
        try (AeadKey key = AeadKey.of(Algorithm.XAES_256_GCM, unsealKey)) {
            rootKey.use(bytes -> {
                key.encryptInto(sealed, 0, bytes, context(Kind.SHAMIR, storeId, generation));
                return sealed;
            });
        }
        return new SealedRootKey(Kind.SHAMIR, sealed);
    }

    /// The root key, owned by whoever asked.
    ///
    /// @throws AuthenticationFailedException if it was sealed under another unseal key
    public RootKey open(Secret unsealKey, StoreId storeId, int generation) {
        try (AeadKey key = AeadKey.of(Algorithm.XAES_256_GCM, unsealKey);
                Secret opened = Secret.takeFrom(key.decryptFrom(sealed, 0, context(kind, storeId, generation)))) {
            return new RootKey(storeId, generation, opened);
        }
    }

    /// What tells this record from every other.
    byte[] nonce() {
        return Arrays.copyOf(sealed, Algorithm.XAES_256_GCM.nonceBytes());
    }

    private static byte[] context(Kind kind, StoreId storeId, int generation) {
        return AssociatedData.of(
                LABEL, storeId.bytes(), AssociatedData.number(generation), new byte[] {(byte) kind.code()});
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedRootKey that && kind == that.kind && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sealed);
    }

    @Override
    public String toString() {
        return "SealedRootKey[" + kind + "]";
    }
}
