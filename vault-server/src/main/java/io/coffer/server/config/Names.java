// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

/// Names that somebody wrote, made fit for a message of one line.
final class Names {
    private static final int SHOWN = 40;

    private Names() {}

    static String shown(String name) {
        StringBuilder shown = new StringBuilder("`");
        name.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
        return shown.append(name.codePointCount(0, name.length()) > SHOWN ? "…`" : "`")
                .toString();
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || c >= ' ' && c < 0x7f;
    }
}
