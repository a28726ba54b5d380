// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.secret.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Reads a share as a holder hands it in: hex if it decodes and has 16 to 33 bytes, else padded standard base64.
///
/// Neither form may have blanks, line ends or other characters; nothing is repaired.
public sealed interface ShareText {
    /// The shortest and longest share accepted, in bytes.
    int SHORTEST = 16;

    int LONGEST = 33;

    /// @param bytes owned by whoever asked
    record Read(Secret bytes) implements ShareText {}

    /// @param reason in the words that clients know
    record Unreadable(String reason) implements ShareText {}

    /// @param text ASCII; it stays the caller's
    static ShareText parse(Secret text) {
        return text.use(ascii -> {
            Optional<byte[]> decoded = hex(ascii).or(() -> base64(ascii));
            if (decoded.isEmpty()) {
                return new Unreadable("'key' must be a valid hex or base64 string");
            }
            int length = decoded.get().length;
            Secret bytes = length == 0 ? null : length > Secret.MAX_BYTES ? null : Secret.takeFrom(decoded.get());
            if (bytes != null && length >= SHORTEST && length <= LONGEST) {
                return new Read(bytes);
            }
            if (bytes != null) {
                bytes.close();
            }
            return new Unreadable(
                    length < SHORTEST
                            ? "invalid key: key is shorter than minimum " + SHORTEST + " bytes"
                            : "invalid key: key is longer than maximum " + LONGEST + " bytes");
        });
    }

    /// As {@link #parse}, for the one path whose clients expect blanks and line ends around a share to be left out.
    static ShareText parseBetweenBlanks(Secret text) {
        byte[] trimmed = text.use(ShareText::trimmed);
        if (trimmed.length == 0) {
            return parse(text);
        }
        try (Secret share = Secret.takeFrom(trimmed)) {
            return parse(share);
        }
    }

    private static byte[] trimmed(byte[] ascii) {
        int from = 0;
        int to = ascii.length;
        while (from < to && isBlank(ascii[from])) {
            from++;
        }
        while (from < to && isBlank(ascii[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(ascii, from, to);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static Optional<byte[]> hex(byte[] ascii) {
        if (ascii.length % 2 != 0 || ascii.length < 2 * SHORTEST || ascii.length > 2 * LONGEST) {
            return Optional.empty();
        }
        byte[] bytes = new byte[ascii.length / 2];
        for (int i = 0; i < bytes.length; i++) {
            if (!HexFormat.isHexDigit(ascii[2 * i]) || !HexFormat.isHexDigit(ascii[2 * i + 1])) {
                Arrays.fill(bytes, (byte) 0);
                return Optional.empty();
            }
            bytes[i] = (byte) (HexFormat.fromHexDigit(ascii[2 * i]) << 4 | HexFormat.fromHexDigit(ascii[2 * i + 1]));
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> base64(byte[] ascii) {
        if (ascii.length % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(ascii));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
