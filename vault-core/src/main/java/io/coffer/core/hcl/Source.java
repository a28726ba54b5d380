// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// A checked text and how far it has been read. Counts what the limits bound: nodes and depth.
final class Source {
    /// What {@link #peek} gives past the last character.
    static final int END = -1;

    /// Enough of a name to recognise it in a message.
    private static final int SHOWN = 40;

    private final String text;
    private final HclLimits limits;
    private int at;
    private int line = 1;
    private int column = 1;
    private int depth;
    private int nodes;

    /// @param text as {@link SourceText} lets it through
    Source(String text, HclLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    Position here() {
        return new Position(line, column);
    }

    int peek() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    boolean lookingAt(String expected) {
        return text.startsWith(expected, at);
    }

    int next() {
        int c = peek();
        if (c == END) {
            throw new IllegalStateException("read past the end");
        }
        at += Character.charCount(c);
        if (c == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        return c;
    }

    void skip(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            next();
        }
    }

    boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        next();
        return true;
    }

    void expect(char expected, String where) {
        if (!accept(expected)) {
            throw unexpected("'" + expected + "' " + where);
        }
    }

    /// The rest of this line, whose end is left.
    String restOfLine() {
        int start = at;
        while (peek() != END && peek() != '\n') {
            next();
        }
        return text.substring(start, at);
    }

    /// Counts one attribute, block, label or value against the limit.
    void countNode(Position position) {
        if (++nodes > limits.nodes()) {
            throw new HclException(position, "more than " + limits.nodes() + " names and values");
        }
    }

    void enter(Position position) {
        if (++depth > limits.depth()) {
            throw new HclException(position, "nested deeper than " + limits.depth());
        }
    }

    void leave() {
        depth--;
    }

    HclException unexpected(String expected) {
        return new HclException(here(), "found " + found() + ", expected " + expected);
    }

    /// What stands here, without its content: it may be a secret that somebody forgot to quote.
    String found() {
        int c = peek();
        if (c == END) {
            return "the end of the text";
        }
        if (c == '\n') {
            return "the end of the line";
        }
        if (c == '"') {
            return "a string";
        }
        if (isNameStart(c) || c > 0x7f) {
            return "unquoted text";
        }
        if (isDigit(c)) {
            return "a number";
        }
        return lookingAt("<<") ? "a heredoc" : "'" + Character.toString(c) + "'";
    }

    /// A name for a message: in backquotes, cut if long, harmless if printed.
    static String quoted(String name) {
        StringBuilder shown = new StringBuilder("`");
        name.codePoints()
                .limit(SHOWN)
                .forEach(c -> shown.appendCodePoint(SourceText.isForbidden(c) || c == '\n' || c == '\t' ? '?' : c));
        return shown.append(name.codePointCount(0, name.length()) > SHOWN ? "…`" : "`")
                .toString();
    }

    static boolean isNameStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean isNamePart(int c) {
        return isNameStart(c) || isDigit(c) || c == '-' || c == '.';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
