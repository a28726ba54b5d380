// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.request.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/// Walks through JSON that was parsed before and is passed on as bytes, and redacts it without making a
/// tree of it.
///
/// It trusts nothing: outside of strings only numbers, literals and punctuation pass, so whatever is no
/// JSON ends in an exception and not in the line. Space between tokens is dropped, so the line stays one.
final class RawJson {
    /// Whether a byte of a string stands for itself: no control, no quote, no backslash.
    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, 0x20, PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private final byte[] bytes;
    private final int end;
    private final BitSet inClear = new BitSet();
    private int at;
    private int depth;

    /// @param inClear whether strings that no object is around stand in clear
    RawJson(Json.Raw raw, boolean inClear) {
        this.inClear.set(0, inClear);
        this.bytes = raw.utf8();
        this.at = raw.from();
        this.end = raw.from() + raw.length();
    }

    /// Whether the whole fitted before the place in the line given.
    boolean redact(Redaction redaction, LineWriter out, int limit) {
        while (at < end) {
            int c = bytes[at];
            if (c == '"') {
                string(redaction, out);
            } else if (c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || ofNumber(c)) {
                nest(c);
                out.put(c);
                at++;
            } else if (isSpace(c)) {
                at++;
            } else {
                literal(out);
            }
            if (out.length() > limit) {
                return false;
            }
        }
        return true;
    }

    /// Strings of a list stand as the list does; those of an object as their names say.
    private void nest(int c) {
        switch (c) {
            case '{', '[' -> {
                boolean outer = inClear.get(depth);
                inClear.set(++depth, c == '[' && outer);
            }
            case '}', ']' -> depth = Math.max(0, depth - 1);
            default -> {}
        }
    }

    static boolean ofNumber(int c) {
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private void string(Redaction redaction, LineWriter out) {
        int start = at + 1;
        int stop = plainEnd(start);
        boolean escaped = false;
        while (byteAt(stop) != '"') {
            if (bytes[stop] != '\\') {
                throw malformed();
            }
            escaped = true;
            stop = plainEnd(stop + 2);
        }
        at = stop + 1;
        boolean name = isName();
        if (name && redaction.looksAtNames()) {
            inClear.set(depth, redaction.shows(text(start, stop, escaped)));
        }
        if (name || redaction.clear() || inClear.get(depth)) {
            out.bytes(bytes, start - 1, stop - start + 2);
        } else if (escaped) {
            redaction.text(unescaped(start, stop), false);
        } else {
            redaction.hash(Arrays.copyOfRange(bytes, start, stop));
        }
    }

    /// Where text ends that stands for itself: most of what there is, so this does nothing else.
    private int plainEnd(int from) {
        byte[] all = bytes;
        int limit = end;
        int place = from;
        while (place < limit && PLAIN[all[place] & 0xff]) {
            place++;
        }
        return place;
    }

    /// Whether the string that ended here is the name of a member.
    private boolean isName() {
        int next = at;
        while (next < end && isSpace(bytes[next])) {
            next++;
        }
        return next < end && bytes[next] == ':';
    }

    private void literal(LineWriter out) {
        for (String literal : new String[] {"true", "false", "null"}) {
            int length = literal.length();
            if (end - at >= length && literal.equals(new String(bytes, at, length, StandardCharsets.ISO_8859_1))) {
                out.json(literal);
                at += length;
                return;
            }
        }
        throw malformed();
    }

    private String text(int start, int stop, boolean escaped) {
        return escaped ? unescaped(start, stop) : new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    }

    private String unescaped(int start, int stop) {
        String text = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (text.charAt(++i) == 'u') {
                plain.append(codeUnit(text, i + 1));
                i += 4;
            } else {
                plain.append(control(text.charAt(i)));
            }
        }
        return plain.toString();
    }

    private static char codeUnit(String text, int from) {
        if (from + 4 > text.length()) {
            throw malformed();
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw malformed();
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private static char control(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> letter;
            default -> throw malformed();
        };
    }

    private int byteAt(int place) {
        if (place >= end) {
            throw malformed();
        }
        return bytes[place];
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static IllegalStateException malformed() {
        return new IllegalStateException("raw JSON is no JSON");
    }
}
