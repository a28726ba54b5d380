// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Percent-decoding that refuses what others repair: bytes that should have been escaped, broken escapes,
/// bytes that are no UTF-8. What it gives is decoded once and never again.
final class Percent {
    private Percent() {}

    /// Decodes a part of a request target.
    ///
    /// @param what the part's name, for the refusal
    /// @param plusIsSpace as in a query, where a form's '+' means a space
    static String decode(String raw, String what, boolean plusIsSpace) {
        boolean plain = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new Refusal(400, what + " contains a character that must be percent-encoded");
            }
            plain &= c != '%' && (c != '+' || !plusIsSpace);
        }
        return plain ? raw : unescape(raw, what, plusIsSpace);
    }

    private static String unescape(String raw, String what, boolean plusIsSpace) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = hex(raw, i + 1);
                int low = hex(raw, i + 2);
                if (high < 0 || low < 0) {
                    throw new Refusal(400, what + " contains a broken percent escape");
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes, length, what);
    }

    private static int hex(String raw, int at) {
        return at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    }

    private static String utf8(byte[] bytes, int length, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(400, what + " is not valid UTF-8");
        }
    }
}
