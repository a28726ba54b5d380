// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Splits a secret into shares, of which a threshold rebuilds it, and fewer say nothing at all about it.
///
/// Each byte of the secret is the value at 0 of a polynomial of its own over GF(2^8), of degree `threshold -
/// 1`, whose other coefficients are drawn uniformly from all 256 elements, the highest one too; without that
/// zero, one share too few would exclude a value. A share holds the values of all polynomials at its index,
/// and the index.
///
/// Limit: the scheme cannot tell good shares from bad ones. Wrong or too few shares give wrong bytes, not an
/// error: who joins must authenticate the result.
public final class Shamir {
    private Shamir() {}

    /// Splits into shares with the indexes 1, 2 and so on. The secret stays the caller's; so do the shares,
    /// then.
    ///
    /// @param threshold how many shares rebuild the secret, 2 to `shares`. One share alone would be the secret
    /// itself: hand that out instead
    public static List<Share> split(Secret secret, int shares, int threshold, SecureRandom random) {
        if (shares > Share.MAX_INDEX || threshold < 2 || threshold > shares) {
            throw new IllegalArgumentException("threshold " + threshold + " of " + shares + " shares: allowed is 2 <= "
                    + "threshold <= shares <= " + Share.MAX_INDEX);
        }
        var coefficients = new byte[secret.length() * (threshold - 1)];
        random.nextBytes(coefficients);
        var indexes = IntStream.rangeClosed(1, shares).toArray();
        try {
            return secret.use(bytes -> split(bytes, indexes, coefficients));
        } finally {
            Arrays.fill(coefficients, (byte) 0);
        }
    }

    /// The same without chance. The coefficients lie byte of the secret by byte, from the power of one
    /// upwards.
    static List<Share> split(byte[] secret, int[] indexes, byte[] coefficients) {
        var shares = new ArrayList<Share>(indexes.length);
        for (int index : indexes) {
            shares.add(Share.takeFrom(values(secret, index, coefficients)));
        }
        return List.copyOf(shares);
    }

    /// Rebuilds the secret from any threshold of its shares, in any order. The shares stay the caller's.
    ///
    /// Wrong or too few shares give wrong bytes, not an error: the caller must authenticate the result.
    ///
    /// @throws IllegalArgumentException if these cannot be shares of one secret: fewer than two or more than 255,
    /// of different lengths, or two with one index
    public static Secret join(List<Share> shares) {
        check(shares);
        var weights = weights(shares.stream().mapToInt(Share::index).toArray());
        var joined = new byte[shares.getFirst().length() - 1];
        for (int i = 0; i < weights.length; i++) {
            addWeighted(joined, shares.get(i).bytes(), weights[i]);
        }
        return Secret.takeFrom(joined);
    }

    private static void check(List<Share> shares) {
        if (shares.size() < 2 || shares.size() > Share.MAX_INDEX) {
            throw new IllegalArgumentException(
                    "2 to " + Share.MAX_INDEX + " shares can be joined, not " + shares.size());
        }
        if (shares.stream().mapToInt(Share::length).distinct().count() != 1) {
            throw new IllegalArgumentException("shares of one secret have one length");
        }
        if (shares.stream().mapToInt(Share::index).distinct().count() != shares.size()) {
            throw new IllegalArgumentException("each index may be given once");
        }
    }

    /// The values of all polynomials at an index, by Horner's rule, and the index.
    private static byte[] values(byte[] secret, int index, byte[] coefficients) {
        int degree = coefficients.length / secret.length;
        var share = new byte[secret.length + 1];
        for (int i = 0; i < secret.length; i++) {
            int value = 0;
            for (int j = degree - 1; j >= 0; j--) {
                value = Gf256.multiply(Gf256.add(value, coefficients[i * degree + j] & 0xff), index);
            }
            share[i] = (byte) Gf256.add(value, secret[i] & 0xff);
        }
        share[secret.length] = (byte) index;
        return share;
    }

    /// Lagrange's weights at 0: for each index, the product of all other `x / (x - index)`.
    private static int[] weights(int[] indexes) {
        var weights = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            int above = 1;
            int below = 1;
            for (int j = 0; j < indexes.length; j++) {
                if (j != i) {
                    above = Gf256.multiply(above, indexes[j]);
                    below = Gf256.multiply(below, Gf256.add(indexes[j], indexes[i]));
                }
            }
            weights[i] = Gf256.multiply(above, Gf256.inverse(below));
        }
        return weights;
    }

    private static void addWeighted(byte[] sum, byte[] share, int weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (byte) Gf256.add(sum[i] & 0xff, Gf256.multiply(share[i] & 0xff, weight));
        }
        Arrays.fill(share, (byte) 0);
    }
}
