// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.Optional;

/// Readings of single words, as the field's clients read them.
public final class Words {
    private Words() {}

    static Optional<Boolean> truth(String text) {
        for (String yes : new String[] {"1", "t", "T", "true", "TRUE", "True"}) {
            if (text.equals(yes)) {
                return Optional.of(true);
            }
        }
        for (String no : new String[] {"0", "f", "F", "false", "FALSE", "False"}) {
            if (text.equals(no)) {
                return Optional.of(false);
            }
        }
        return Optional.empty();
    }

    /// Without blanks and slashes at both ends: how the field's clients take a path.
    public static String path(String typed) {
        int from = 0;
        int to = typed.length();
        while (from < to && (typed.charAt(from) == '/' || typed.charAt(from) <= ' ')) {
            from++;
        }
        while (to > from && (typed.charAt(to - 1) == '/' || typed.charAt(to - 1) <= ' ')) {
            to--;
        }
        return typed.substring(from, to);
    }

    /// Text of a server for a terminal: control characters but line breaks and tabs replaced.
    public static String harmless(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
            clean.append(control ? '?' : c);
        }
        return clean.toString();
    }
}
