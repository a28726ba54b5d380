// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// The one canonical form of a request's path, without `/v1/` and query: what router, policies, audit and
/// storage all see.
///
/// Segments are printable and separated by one '/'; none is empty, '.' or '..'; there is no '/' at the
/// start. A '/' at the end stays: it asks for a folder. At most 4096 bytes of UTF-8.
public record RequestPath(String value) {
    /// The longest path, in bytes of UTF-8.
    public static final int LONGEST = 4096;

    public RequestPath {
        String refusal = refusal(value);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
    }

    /// Why a decoded path has no canonical form; empty if it has one. Nothing is repaired.
    public static String refusal(String path) {
        int bytes = 0;
        for (int i = 0; i < path.length(); ) {
            int c = path.codePointAt(i);
            if (!printable(c)) {
                return "path contains a character that is not printable";
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            i += Character.charCount(c);
        }
        if (bytes > LONGEST) {
            return "path is longer than " + LONGEST + " bytes";
        }
        return segmentsRefusal(path);
    }

    /// The same path asking for a folder.
    public RequestPath asFolder() {
        return value.isEmpty() || value.endsWith("/") ? this : new RequestPath(value + "/");
    }

    public boolean isFolder() {
        return value.endsWith("/");
    }

    @Override
    public String toString() {
        return value;
    }

    private static String segmentsRefusal(String path) {
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end == start) {
                return "path contains an empty segment";
            }
            if (path.startsWith(".", start) && end - start == 1 || path.startsWith("..", start) && end - start == 2) {
                return "relative paths not supported";
            }
            start = end + 1;
        }
        return "";
    }

    /// Whether a character may stand in a path and in other names that people read.
    public static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
