// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A client token, as bytes. Never printed by accident: only [#bytes] shows it.
final class Token {
    private final byte[] bytes;

    /// @throws Failure if it could not stand in a header
    Token(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > 64 << 10) {
            throw Failure.local("a token has between 1 and 65536 characters");
        }
        for (byte b : bytes) {
            if (b <= ' ' || b == 127) {
                throw Failure.local("a token holds printable characters only, and no blanks");
            }
        }
        this.bytes = bytes;
    }

    static Token of(String text) {
        return new Token(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Without blanks and line breaks at both ends. The characters are overwritten.
    static Token typed(char[] text) {
        return new Token(trimmed(SecretText.utf8(text, text.length)));
    }

    /// Without blanks and line breaks at both ends. What is passed is overwritten.
    static byte[] trimmed(byte[] text) {
        int from = 0;
        int to = text.length;
        while (from < to && blank(text[from])) {
            from++;
        }
        while (to > from && blank(text[to - 1])) {
            to--;
        }
        byte[] trimmed = Arrays.copyOfRange(text, from, to);
        Arrays.fill(text, (byte) 0);
        return trimmed;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "Token";
    }
}
