// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import io.coffer.core.secret.Secret;
import java.util.Arrays;

/// One share of a split secret: as many bytes as the secret has (the y values), then one byte, the index (x,
/// 1 to 255).
///
/// Owned and closed like a [Secret], since each share brings an attacker one step nearer; prints its index
/// only.
public final class Share implements AutoCloseable {
    /// The highest index, and so the most shares.
    public static final int MAX_INDEX = 255;

    private final Secret bytes;
    private final int index;

    private Share(Secret bytes, int index) {
        this.bytes = bytes;
        this.index = index;
    }

    /// Reads a share; the array stays the caller's.
    ///
    /// @throws IllegalArgumentException if it is too short or too long, or its index is 0
    public static Share of(byte[] bytes) {
        return takeFrom(bytes.clone());
    }

    /// Takes a share over: the array holds zeros afterwards, also if it was refused.
    ///
    /// @throws IllegalArgumentException if it is too short or too long, or its index is 0
    public static Share takeFrom(byte[] bytes) {
        try {
            if (bytes.length < 2) {
                throw new IllegalArgumentException("a share has at least two bytes, not " + bytes.length);
            }
            int index = Byte.toUnsignedInt(bytes[bytes.length - 1]);
            if (index == 0) {
                throw new IllegalArgumentException("the index of a share, its last byte, is 1 to " + MAX_INDEX);
            }
            return new Share(Secret.takeFrom(bytes), index);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Its number among the shares of the secret.
    public int index() {
        return index;
    }

    /// How many bytes it has, the index included: one more than the secret.
    public int length() {
        return bytes.length();
    }

    /// A copy on the heap, y values and index, which the caller zeroes.
    public byte[] bytes() {
        return bytes.copy();
    }

    /// Whether both are the same share, in constant time.
    public boolean sameAs(Share other) {
        return bytes.sameAs(other.bytes);
    }

    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return "Share[" + index + "]";
    }
}
