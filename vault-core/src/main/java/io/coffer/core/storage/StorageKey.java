// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The name of one value: a scope and a path of segments separated by '/', at most 4096 bytes of UTF-8.
///
/// A key and a folder of the same name may stand side by side.
public record StorageKey(Scope scope, String path) {
    public StorageKey {
        Objects.requireNonNull(scope, "scope");
        Names.check(path);
    }

    /// The bytes that name this value on a disk: scope, NUL, path.
    public byte[] encoded() {
        return Names.encode(scope, path);
    }

    /// The key that {@link #encoded} gave these bytes.
    ///
    /// @throws IllegalArgumentException if no key has this form
    public static StorageKey decode(byte[] encoded) {
        String text = new String(encoded, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        if (end < 0) {
            throw new IllegalArgumentException("a disk key holds a scope, NUL and a path");
        }
        return new StorageKey(new Scope(text.substring(0, end)), text.substring(end + 1));
    }

    @Override
    public String toString() {
        return scope + ":" + path;
    }
}
