// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Between characters and UTF-8 without a `String` in between, so that what is done with can be
/// overwritten.
public final class SecretText {
    private SecretText() {}

    /// The first `length` characters as UTF-8. They are overwritten, all of them.
    public static byte[] utf8(char[] text, int length) {
        byte[] room = new byte[3 * length];
        ByteBuffer out = ByteBuffer.wrap(room);
        try {
            CoderResult result =
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, 0, length), out, true);
            if (result.isError()) {
                throw Failure.local("what was typed is no Unicode text");
            }
            return Arrays.copyOf(room, out.position());
        } finally {
            Arrays.fill(room, (byte) 0);
            Arrays.fill(text, '\0');
        }
    }

    /// The characters of those bytes, which are overwritten.
    static char[] characters(byte[] utf8, String source) {
        char[] room = new char[utf8.length];
        CharBuffer out = CharBuffer.wrap(room);
        try {
            if (StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8), out, true)
                    .isError()) {
                throw Failure.local(source + " is no UTF-8 text");
            }
            return Arrays.copyOf(room, out.position());
        } finally {
            Arrays.fill(room, '\0');
            Arrays.fill(utf8, (byte) 0);
        }
    }
}
