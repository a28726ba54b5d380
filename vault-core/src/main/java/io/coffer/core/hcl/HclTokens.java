// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text that was read as HCL into the pieces that it is written in, line by line.
final class HclTokens {
    private final String text;
    private final List<List<Token>> lines = new ArrayList<>();
    private List<Token> line = new ArrayList<>();
    private int at;

    /// A word, a string, a sign, a comment or a heredoc, as it is written.
    record Token(String text) {
        boolean is(char sign) {
            return text.length() == 1 && text.charAt(0) == sign;
        }

        boolean isComment() {
            return text.startsWith("#") || text.startsWith("//") || text.startsWith("/*");
        }
    }

    private HclTokens(String text) {
        this.text = text;
    }

    /// @param text with LF alone at the ends of its lines
    static List<List<Token>> lines(String text) {
        HclTokens tokens = new HclTokens(text);
        while (tokens.at < text.length()) {
            tokens.next();
        }
        tokens.endLine();
        return tokens.lines;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            endLine();
            at++;
        } else if (c == ' ' || c == '\t') {
            at++;
        } else if (c == '#' || text.startsWith("//", at)) {
            take(endOfLine(at));
        } else if (text.startsWith("/*", at)) {
            take(text.indexOf("*/", at) + 2);
        } else if (c == '"') {
            take(endOfString());
        } else if (text.startsWith("<<", at)) {
            take(endOfHeredoc());
        } else if ("{}[]=,".indexOf(c) >= 0) {
            take(at + 1);
        } else {
            take(endOfWord());
        }
    }

    private void take(int end) {
        line.add(new Token(text.substring(at, end).stripTrailing()));
        at = end;
    }

    private void endLine() {
        lines.add(line);
        line = new ArrayList<>();
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int endOfString() {
        int end = at + 1;
        while (text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /// Up to the end of the line that holds the marker alone.
    private int endOfHeredoc() {
        int start = endOfLine(at);
        String marker = text.substring(at + 2, start).strip();
        String word = marker.startsWith("-") ? marker.substring(1) : marker;
        int end = start;
        do {
            start = end + 1;
            end = endOfLine(start);
        } while (!text.substring(start, end).strip().equals(word));
        return end;
    }

    private int endOfWord() {
        int end = at;
        while (end < text.length() && " \t\n{}[]=,\"#".indexOf(text.charAt(end)) < 0 && !text.startsWith("//", end)) {
            end++;
        }
        return end;
    }
}
