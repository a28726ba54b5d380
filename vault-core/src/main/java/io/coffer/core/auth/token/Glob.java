// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

/// Patterns in which `*` stands for any text, also none.
final class Glob {
    private Glob() {}

    /// Takes time in the product of both lengths at worst, whatever the pattern.
    static boolean matches(String pattern, String text) {
        int at = 0;
        int p = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = at;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(at)) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
