// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Reads Bech32 (BIP 173) in lower case, without its limit on length, as age writes its keys.
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;
    private static final int SYMBOL_BITS = 5;

    private Bech32() {}

    /// What stands behind `prefix1`; empty unless every character and the checksum are right.
    static Optional<byte[]> decode(String prefix, String text) {
        int from = prefix.length() + 1;
        if (!text.startsWith(prefix + "1") || text.length() < from + CHECKSUM) {
            return Optional.empty();
        }
        int[] symbols = new int[text.length() - from];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = ALPHABET.indexOf(text.charAt(from + i));
            if (symbols[i] < 0) {
                return Optional.empty();
            }
        }
        return checksum(prefix, symbols) == 1 ? bytes(symbols) : Optional.empty();
    }

    /// The symbols without their checksum; bits that are left over are zeros and fewer than a symbol's.
    private static Optional<byte[]> bytes(int[] symbols) {
        var bytes = new ByteArrayOutputStream();
        int bits = 0;
        int value = 0;
        for (int i = 0; i < symbols.length - CHECKSUM; i++) {
            value = value << SYMBOL_BITS | symbols[i];
            bits += SYMBOL_BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(value >>> bits);
                value &= (1 << bits) - 1;
            }
        }
        return bits < SYMBOL_BITS && value == 0 ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    private static int checksum(String prefix, int[] symbols) {
        int sum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) >>> SYMBOL_BITS);
        }
        sum = step(sum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) & 0x1f);
        }
        for (int symbol : symbols) {
            sum = step(sum, symbol);
        }
        return sum;
    }

    private static int step(int sum, int symbol) {
        int top = sum >>> 25;
        int next = (sum & 0x1ffffff) << SYMBOL_BITS ^ symbol;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >>> i & 1) * GENERATOR[i];
        }
        return next;
    }
}
