// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.secret.Secret;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// X25519 as the recipients of age use it.
final class Curve25519 {
    static final int BYTES = 32;

    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private Curve25519() {}

    /// One side's part of an agreement, made for one message.
    ///
    /// @param share is sent along in clear
    record Agreement(byte[] share, Secret secret) {}

    /// Agrees with the owner of a point under a new scalar.
    ///
    /// @param point such that {@link #isSafe}
    static Agreement agree(byte[] point, SecureRandom random) {
        var scalar = new byte[BYTES];
        random.nextBytes(scalar);
        try {
            var share = new byte[BYTES];
            X25519.scalarMultBase(scalar, 0, share, 0);
            return new Agreement(share, multiply(scalar, point));
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    static Secret multiply(byte[] scalar, byte[] point) {
        var product = new byte[BYTES];
        if (!X25519.calculateAgreement(scalar, 0, point, 0, product, 0)) {
            throw new IllegalArgumentException("a point of low order");
        }
        return Secret.takeFrom(product);
    }

    /// Whether what is agreed on with the owner of this point is a secret: a few points give the same to
    /// everybody.
    static boolean isSafe(byte[] point) {
        var scalar = new byte[BYTES];
        Arrays.fill(scalar, (byte) 8);
        return X25519.calculateAgreement(scalar, 0, point, 0, new byte[BYTES], 0);
    }

    /// Whether this is an Ed25519 public key in its one form and of the full order.
    static boolean isEd25519(byte[] publicKey) {
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE && Ed25519.validatePublicKeyFull(publicKey, 0);
    }

    /// The same point as X25519 has it: u = (1 + y) / (1 - y).
    static byte[] fromEd25519(byte[] publicKey) {
        var y = new BigInteger(1, reversed(publicKey)).clearBit(8 * BYTES - 1);
        var u = BigInteger.ONE
                .add(y)
                .multiply(BigInteger.ONE.subtract(y).modInverse(PRIME))
                .mod(PRIME);
        var bigEndian = u.toByteArray();
        var padded = new byte[BYTES];
        int length = Math.min(bigEndian.length, BYTES);
        System.arraycopy(bigEndian, bigEndian.length - length, padded, BYTES - length, length);
        return reversed(padded);
    }

    /// Two points, one after the other.
    static byte[] both(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, 2 * BYTES);
        System.arraycopy(other, 0, both, BYTES, BYTES);
        return both;
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
