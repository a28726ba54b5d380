// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// A hash without a key, by the name that clients know.
public enum Digest {
    SHA2_224("sha2-224", "SHA-224"),
    SHA2_256("sha2-256", "SHA-256"),
    SHA2_384("sha2-384", "SHA-384"),
    SHA2_512("sha2-512", "SHA-512"),
    SHA3_224("sha3-224", "SHA3-224"),
    SHA3_256("sha3-256", "SHA3-256"),
    SHA3_384("sha3-384", "SHA3-384"),
    SHA3_512("sha3-512", "SHA3-512");

    private final String wireName;
    private final String name;

    Digest(String wireName, String name) {
        this.wireName = wireName;
        this.name = name;
    }

    public static Optional<Digest> named(String wireName) {
        return Arrays.stream(values())
                .filter(digest -> digest.wireName.equals(wireName))
                .findFirst();
    }

    public byte[] of(byte[] input) {
        try {
            return MessageDigest.getInstance(name).digest(input);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java runtime has no " + name, missing);
        }
    }
}
