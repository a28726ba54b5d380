// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.security.SecureRandom;
import java.util.UUID;

/// Names drawn at random, in the forms that clients know.
public final class RandomIds {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private RandomIds() {}

    /// A lower-case UUID of version 4: 122 random bits.
    public static String uuid(SecureRandom random) {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & ~0xc000_0000_0000_0000L | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /// Text of 0-9, A-Z and a-z, each character uniform: 5.95 bits a character.
    public static String base62(int length, SecureRandom random) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        return text.toString();
    }

    /// Lower-case hex of random bytes.
    public static String hex(int bytes, SecureRandom random) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return java.util.HexFormat.of().formatHex(drawn);
    }
}
