// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.charset.StandardCharsets;

/// The canonical form of a name inside storage, for keys and folders alike.
///
/// Segments are separated by one '/', none is empty, and none holds NUL (which ends the scope in a disk
/// key) or an unpaired surrogate (which has no UTF-8 form, so two names would become one).
final class Names {
    /// The longest path of a key, in bytes of UTF-8.
    static final int LONGEST = 4096;

    private Names() {}

    static void check(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
            throw new IllegalArgumentException("a storage path has no empty segment");
        }
        checkCharacters(path);
    }

    static void checkCharacters(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("a storage path has no NUL");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("a storage path has no unpaired surrogate");
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > LONGEST) {
            throw new IllegalArgumentException("a storage path has at most " + LONGEST + " bytes");
        }
    }

    /// The bytes of a disk key: scope, NUL, path; so byte order on the disk is the order of lists.
    static byte[] encode(Scope scope, String path) {
        return (scope.name() + '\0' + path).getBytes(StandardCharsets.UTF_8);
    }
}
