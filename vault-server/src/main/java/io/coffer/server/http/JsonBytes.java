// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.request.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes JSON as UTF-8 into one growing buffer. Text that was parsed before ({@link Json.Raw}) is copied as it is.
///
/// Does what a generator of a library does, without one: an answer costs a third, and most of it is copying.
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private byte[] bytes;
    private int length;

    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] take() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /// Bytes that are JSON already, or punctuation.
    JsonBytes raw(byte[] part) {
        return raw(part, 0, part.length);
    }

    JsonBytes raw(byte[] part, int from, int count) {
        ensure(count);
        System.arraycopy(part, from, bytes, length, count);
        length += count;
        return this;
    }

    JsonBytes number(long value) {
        return raw(ascii(Long.toString(value)));
    }

    JsonBytes value(Json json) {
        switch (json) {
            case Json.Obj object -> members(object);
            case Json.Arr array -> items(array.items());
            case Json.Str text -> string(text.value());
            case Json.Num number -> raw(ascii(number.text()));
            case Json.Bool flag -> raw(flag.value() ? TRUE : FALSE);
            case Json.Null none -> raw(NULL);
            case Json.Raw raw -> raw(raw.utf8(), raw.from(), raw.length());
        }
        return this;
    }

    /// A list of strings, or null if it is empty.
    JsonBytes stringsOrNull(List<String> values) {
        return values.isEmpty() ? raw(NULL) : strings(values);
    }

    JsonBytes strings(List<String> values) {
        put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                put(',');
            }
            string(values.get(i));
        }
        return put(']');
    }

    private void members(Json.Obj object) {
        put('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (!first) {
                put(',');
            }
            first = false;
            member(member.getKey(), member.getValue());
        }
        put('}');
    }

    JsonBytes member(String name, Json value) {
        string(name);
        put(':');
        return value(value);
    }

    private void items(List<Json> items) {
        put('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(items.get(i));
        }
        put(']');
    }

    JsonBytes put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /// A string with its quotes.
    JsonBytes string(String text) {
        int count = text.length();
        ensure(count + 2);
        bytes[length++] = '"';
        int i = 0;
        while (i < count && plain(text.charAt(i))) {
            bytes[length++] = (byte) text.charAt(i++);
        }
        if (i < count) {
            escaped(text, i);
        }
        return put('"');
    }

    private static boolean plain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    /// The rest of a string that has something to escape or to encode.
    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            ensure(6);
            if (plain(c)) {
                bytes[length++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                threeBytes(Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void threeBytes(char c) {
        bytes[length++] = (byte) (0xe0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | c & 0x3f);
    }

    private void fourBytes(int c) {
        bytes[length++] = (byte) (0xf0 | c >> 18);
        bytes[length++] = (byte) (0x80 | c >> 12 & 0x3f);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | c & 0x3f);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
