// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.nio.charset.StandardCharsets;

/// Percent-encoding of what a person types. `/` stays a separator in a path.
public final class Target {
    private static final String HEX = "0123456789ABCDEF";

    private Target() {}

    public static String encodePath(String path) {
        return encode(path, "-._~/!$'()*,;:@+&=");
    }

    public static String encodeQuery(String text) {
        return encode(text, "-._~/");
    }

    private static String encode(String text, String plain) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || plain.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
