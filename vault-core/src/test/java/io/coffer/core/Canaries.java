// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Looks for secrets in bytes that must not hold them, in each form that something might have given them.
public final class Canaries {
    private Canaries() {}

    /// The secret as it is, in hex of both kinds, and in base64 at each place that it may begin in it.
    public static List<byte[]> forms(byte[] secret) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(secret);
        String hex = HexFormat.of().formatHex(secret);
        forms.add(ascii(hex));
        forms.add(ascii(hex.toUpperCase(Locale.ROOT)));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            int whole = shifted.length - shifted.length % 3;
            String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(shifted, whole));
            String inside = base64.substring(before == 0 ? 0 : 4);
            forms.add(ascii(inside));
            forms.add(ascii(inside.replace('+', '-').replace('/', '_')));
        }
        return forms;
    }

    /// Whether the bytes hold the secret in any form.
    public static boolean holds(byte[] bytes, byte[] secret) {
        for (byte[] form : forms(secret)) {
            for (int at = 0; at <= bytes.length - form.length; at++) {
                if (bytes[at] == form[0] && Arrays.equals(bytes, at, at + form.length, form, 0, form.length)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
