// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;

/// Writes an HCL text the way everybody writes it: two blanks for each level, one around `=`, the `=` of
/// lines that follow each other below one another, no more than one empty line. Comments, strings and
/// heredocs stay as they are, and what stood on one line stays on one line.
///
/// What it writes reads as what it read, and is written once more as it is.
public final class HclFormat {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    /// Lines whose `=` are to stand below one another, and are not written yet.
    private final List<Aligned> waiting = new ArrayList<>();
    private int depth;
    private boolean blank;

    /// @param left of the `=`, indented
    /// @param right from the `=` on
    private record Aligned(String left, String right) {}

    private HclFormat() {}

    /// @throws HclException if the text is no HCL, or is its JSON form
    public static String format(String text, HclLimits limits) {
        Hcl.parse(text, limits);
        if (text.stripLeading().startsWith("{")) {
            throw new HclException(new Position(1, 1), "this is JSON, expected HCL");
        }
        HclFormat format = new HclFormat();
        HclTokens.lines(text.replace("\r\n", "\n")).forEach(format::line);
        format.flush();
        return format.out.toString();
    }

    private void line(List<HclTokens.Token> tokens) {
        if (tokens.isEmpty()) {
            flush();
            blank = !out.isEmpty();
            return;
        }
        int closing = closingFirst(tokens);
        int indent = Math.max(0, depth - closing);
        boolean opened = !out.isEmpty() && waiting.isEmpty() && opensAtEnd();
        if (blank && closing == 0 && !opened) {
            out.append('\n');
        }
        blank = false;
        String text = INDENT.repeat(indent) + joined(tokens);
        depth += balance(tokens);
        int equals = equalsOf(tokens);
        if (equals < 0 || !isSingle(tokens)) {
            flush();
            out.append(text).append('\n');
            return;
        }
        String left = INDENT.repeat(indent) + joined(tokens.subList(0, equals));
        waiting.add(new Aligned(left, joined(tokens.subList(equals, tokens.size()))));
    }

    private void flush() {
        int widest = 0;
        for (Aligned line : waiting) {
            widest = Math.max(widest, width(line.left()));
        }
        for (Aligned line : waiting) {
            out.append(line.left())
                    .append(" ".repeat(widest - width(line.left()) + 1))
                    .append(line.right())
                    .append('\n');
        }
        waiting.clear();
    }

    private boolean opensAtEnd() {
        return out.length() > 1 && "{[".indexOf(out.charAt(out.length() - 2)) >= 0;
    }

    private static String joined(List<HclTokens.Token> tokens) {
        StringBuilder line = new StringBuilder();
        HclTokens.Token before = null;
        for (HclTokens.Token token : tokens) {
            if (before != null && spaced(before, token)) {
                line.append(' ');
            }
            line.append(token.text());
            before = token;
        }
        return line.toString().stripTrailing();
    }

    private static boolean spaced(HclTokens.Token before, HclTokens.Token token) {
        if (token.isComment()) {
            return true;
        }
        boolean emptyPair = before.is('{') && token.is('}');
        return !(token.is(',') || before.is('[') || token.is(']') || emptyPair);
    }

    /// How many brackets a line closes before anything else stands on it.
    private static int closingFirst(List<HclTokens.Token> tokens) {
        int count = 0;
        while (count < tokens.size()
                && (tokens.get(count).is('}') || tokens.get(count).is(']'))) {
            count++;
        }
        return count;
    }

    private static int balance(List<HclTokens.Token> tokens) {
        int balance = 0;
        for (HclTokens.Token token : tokens) {
            balance += token.is('{') || token.is('[') ? 1 : token.is('}') || token.is(']') ? -1 : 0;
        }
        return balance;
    }

    /// Where the `=` of a line stands that is one attribute; -1 if it is none.
    private static int equalsOf(List<HclTokens.Token> tokens) {
        return tokens.size() > 2 && tokens.get(1).is('=') ? 1 : -1;
    }

    /// Whether the attribute ends on its line.
    private static boolean isSingle(List<HclTokens.Token> tokens) {
        return balance(tokens) == 0
                && tokens.stream().noneMatch(token -> token.text().indexOf('\n') >= 0);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
