// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

/// Skips what separates things in HCL: blanks, line ends and comments.
final class Blanks {
    private Blanks() {}

    /// Whether there was anything to skip.
    static boolean skip(Source source) {
        Position start = source.here();
        while (true) {
            int c = source.peek();
            if (c == ' ' || c == '\t' || c == '\n') {
                source.next();
            } else if (c == '#' || source.lookingAt("//")) {
                source.restOfLine();
            } else if (source.lookingAt("/*")) {
                skipComment(source);
            } else {
                return !source.here().equals(start);
            }
        }
    }

    private static void skipComment(Source source) {
        Position start = source.here();
        source.skip("/*");
        while (!source.lookingAt("*/")) {
            if (source.peek() == Source.END) {
                throw new HclException(start, "this comment is not closed, expected '*/'");
            }
            source.next();
        }
        source.skip("*/");
    }
}
