// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// Reads quoted strings, of HCL or of JSON. `${`, which means interpolation to other readers of HCL, is
/// refused, so that no text means one thing here and another there; as characters its dollar is
/// written as the escape of U+0024.
final class Strings {
    private static final String INTERPOLATION =
            "interpolation is not supported; write \\u0024{ if these characters are meant";

    private final Source source;
    private final boolean json;

    Strings(Source source, boolean json) {
        this.source = source;
        this.json = json;
    }

    /// Reads from the opening quote to the closing one.
    String read() {
        Position start = source.here();
        source.expect('"', "before a string");
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = source.peek();
            if (c == Source.END || c == '\n') {
                throw new HclException(start, "this string is not closed on its line, expected '\"'");
            }
            if (json && c == '\t') {
                throw new HclException(source.here(), "found a tab in a string, expected \\t");
            }
            refuseInterpolation(source);
            source.next();
            if (c == '"') {
                return text.toString();
            }
            text.appendCodePoint(c == '\\' ? escaped() : c);
        }
    }

    static void refuseInterpolation(Source source) {
        if (source.lookingAt("${")) {
            throw new HclException(source.here(), INTERPOLATION);
        }
    }

    private int escaped() {
        Position at = source.here();
        if (source.peek() == Source.END || source.peek() == '\n') {
            throw source.unexpected("the character that the backslash escapes");
        }
        int c = source.next();
        return switch (c) {
            case '"', '\\' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'u' -> json ? jsonUnicode(at) : scalar(hex(4), at);
            default -> furtherEscape(c, at);
        };
    }

    private int furtherEscape(int c, Position at) {
        if (json && c == '/') {
            return '/';
        }
        if (json && c == 'b') {
            return '\b';
        }
        if (json && c == 'f') {
            return '\f';
        }
        if (!json && c == 'U') {
            return scalar(hex(8), at);
        }
        String known = json ? "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX" : "\\\" \\\\ \\n \\r \\t \\uXXXX \\UXXXXXXXX";
        throw new HclException(at, "found an unknown escape, expected one of " + known);
    }

    private int jsonUnicode(Position at) {
        int unit = (int) hex(4);
        if (!Character.isHighSurrogate((char) unit)) {
            return scalar(unit, at);
        }
        if (source.lookingAt("\\u")) {
            source.skip("\\u");
            int low = (int) hex(4);
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
        }
        throw new HclException(at, "found an escape for half a character");
    }

    private static int scalar(long code, Position at) {
        if (code == 0) {
            throw new HclException(at, "found an escape for NUL, which no string may hold");
        }
        if (code > Character.MAX_CODE_POINT || code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw new HclException(at, "found an escape for what is no character");
        }
        return (int) code;
    }

    private long hex(int digits) {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int c = source.peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw source.unexpected(digits + " hexadecimal digits");
            }
            source.next();
            code = code << 4 | digit;
        }
        return code;
    }
}
