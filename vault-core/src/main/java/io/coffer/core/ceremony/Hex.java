// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.secret.Secret;

/// Lower-case hex without a String on the way.
final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    static Secret of(Secret bytes) {
        return bytes.use(plain -> Secret.takeFrom(encode(plain)));
    }

    static byte[] encode(byte[] bytes) {
        byte[] hex = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            hex[2 * i] = (byte) DIGITS.charAt(bytes[i] >> 4 & 0xf);
            hex[2 * i + 1] = (byte) DIGITS.charAt(bytes[i] & 0xf);
        }
        return hex;
    }
}
