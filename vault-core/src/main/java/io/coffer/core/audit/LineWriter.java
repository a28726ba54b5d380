// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts one line of JSON together, as bytes. What it is given is never looked at again, so a line costs its
/// length.
final class LineWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// What most lines fit in.
    private static final int USUAL_BYTES = 2048;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    int length() {
        return length;
    }

    /// Forgets everything from a place on.
    void cut(int place) {
        length = place;
    }

    byte[] line() {
        return Arrays.copyOf(bytes, length);
    }

    /// JSON text of ours: ASCII, and valid as it stands.
    @SuppressWarnings("deprecation") // it copies the low bytes of characters, which is right for ASCII alone
    LineWriter json(String ascii) {
        int end = grow(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length = end;
        return this;
    }

    LineWriter bytes(byte[] from) {
        return bytes(from, 0, from.length);
    }

    LineWriter bytes(byte[] from, int start, int count) {
        int end = grow(count);
        System.arraycopy(from, start, bytes, length, count);
        length = end;
        return this;
    }

    LineWriter put(int ascii) {
        int end = grow(1);
        bytes[length] = (byte) ascii;
        length = end;
        return this;
    }

    LineWriter number(long value) {
        return json(Long.toString(value));
    }

    LineWriter hex(byte[] value) {
        int end = grow(value.length * 2);
        for (byte b : value) {
            bytes[length++] = HEX[b >> 4 & 15];
            bytes[length++] = HEX[b & 15];
        }
        length = end;
        return this;
    }

    /// A string with its quotes. Whatever it holds, the line stays one line of valid JSON.
    LineWriter string(String text) {
        put('"');
        for (int i = plainStart(text); i < text.length(); i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                put(c);
            } else if (c == '"' || c == '\\') {
                put('\\').put(c);
            } else if (c < 0xa0 || c == 0x2028 || c == 0x2029) {
                escape(c);
            } else if (!Character.isSurrogate(c)) {
                twoOrThree(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                four(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                escape(c);
            }
        }
        return put('"');
    }

    /// Writes the start of a text up to the first character that needs a closer look: mostly all of it.
    private int plainStart(String text) {
        grow(text.length());
        byte[] into = bytes;
        int from = length;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!plain(c)) {
                break;
            }
            into[from + i] = (byte) c;
        }
        length = from + i;
        return i;
    }

    private static boolean plain(char c) {
        return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
    }

    private void escape(char c) {
        put('\\')
                .put('u')
                .put(HEX[c >> 12])
                .put(HEX[c >> 8 & 15])
                .put(HEX[c >> 4 & 15])
                .put(HEX[c & 15]);
    }

    private void twoOrThree(char c) {
        if (c < 0x800) {
            put(0xc0 | c >> 6).put(0x80 | c & 0x3f);
        } else {
            put(0xe0 | c >> 12).put(0x80 | c >> 6 & 0x3f).put(0x80 | c & 0x3f);
        }
    }

    private void four(int c) {
        put(0xf0 | c >> 18).put(0x80 | c >> 12 & 0x3f).put(0x80 | c >> 6 & 0x3f).put(0x80 | c & 0x3f);
    }

    private int grow(int count) {
        int end = Math.addExact(length, count);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        return end;
    }
}
