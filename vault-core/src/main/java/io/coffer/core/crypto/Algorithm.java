// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.util.Arrays;
import java.util.Optional;

/// A way to encrypt and authenticate in one: what a key's term is made for.
///
/// Both take keys of [#KEY_BYTES] and add a tag of [#TAG_BYTES]. Neither is key-committing: a ciphertext can
/// be made that opens under two keys, so nothing may rely on "it opened" to learn which key it was.
public enum Algorithm {
    /// C2SP's XAES-256-GCM: random nonces of 192 bits, so one key encrypts 2^80 values with a risk of 2^-32
    /// that two nonces are equal.
    XAES_256_GCM("xaes256-gcm", 24, Long.MAX_VALUE),
    /// Plain AES-256-GCM: random nonces of 96 bits, so one key encrypts at most 2^32 values with a risk of
    /// 2^-32.
    AES_256_GCM("aes256-gcm", 12, 1L << 32);

    public static final int KEY_BYTES = 32;
    public static final int TAG_BYTES = 16;

    private final String wireName;
    private final int nonceBytes;
    private final long encryptions;

    Algorithm(String wireName, int nonceBytes, long encryptions) {
        this.wireName = wireName;
        this.nonceBytes = nonceBytes;
        this.encryptions = encryptions;
    }

    /// The algorithm that a record or a request means by this name.
    public static Optional<Algorithm> named(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(wireName))
                .findFirst();
    }

    /// Its name in records and requests.
    public String wireName() {
        return wireName;
    }

    public int nonceBytes() {
        return nonceBytes;
    }

    /// How much one key may encrypt; the largest number where that is no bound.
    public long encryptions() {
        return encryptions;
    }

    public boolean isBounded() {
        return encryptions < Long.MAX_VALUE;
    }
}
