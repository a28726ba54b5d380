// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.secret.Secret;
import java.util.HexFormat;

/// Lower-case hex without a String on the way.
public final class Hex {
    private Hex() {}

    public static Secret of(Secret bytes) {
        return bytes.use(plain -> Secret.takeFrom(encode(plain)));
    }

    public static byte[] encode(byte[] bytes) {
        HexFormat form = HexFormat.of();
        byte[] hex = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            hex[2 * i] = (byte) form.toHighHexDigit(bytes[i]);
            hex[2 * i + 1] = (byte) form.toLowHexDigit(bytes[i]);
        }
        return hex;
    }
}
