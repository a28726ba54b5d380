// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Walks one level of compact JSON and gives each value as a slice of the bytes. It checks what it must
/// know to find where a value ends, not what stands inside; member names have no escapes.
final class JsonSlices {
    private final byte[] utf8;
    private final int end;
    private int at;
    private boolean first = true;
    private boolean closed;

    JsonSlices(byte[] utf8, int from, int length) {
        this.utf8 = utf8;
        this.at = from;
        this.end = from + length;
    }

    /// Steps into an object or array.
    boolean enter(char bracket) {
        return accept(bracket);
    }

    /// Whether there is another member or item; steps out at the closing bracket. A comma must stand between two.
    boolean more(char bracket) {
        if (accept(bracket)) {
            closed = true;
            return false;
        }
        boolean go = first || accept(',');
        first = false;
        return go;
    }

    /// Whether the closing bracket was the last byte.
    boolean finished() {
        return closed && at == end;
    }

    /// A member's name and its colon.
    Optional<String> name() {
        int start = at;
        if (at >= end || utf8[at] != '"' || !skipString()) {
            return Optional.empty();
        }
        String name = new String(utf8, start + 1, at - start - 2, StandardCharsets.UTF_8);
        return name.indexOf('\\') < 0 && accept(':') ? Optional.of(name) : Optional.empty();
    }

    /// The next value.
    Optional<Json.Raw> value() {
        int start = at;
        if (at >= end) {
            return Optional.empty();
        }
        boolean sound =
                switch (utf8[at]) {
                    case '"' -> skipString();
                    case '{', '[' -> skipNested();
                    default -> skipWord();
                };
        return sound && at > start ? Optional.of(new Json.Raw(utf8, start, at - start)) : Optional.empty();
    }

    private boolean accept(char c) {
        if (at < end && utf8[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipString() {
        for (int i = at + 1; i < end; i++) {
            if (utf8[i] == '\\') {
                i++;
            } else if (utf8[i] == '"') {
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    private boolean skipNested() {
        int depth = 0;
        while (at < end) {
            byte c = utf8[at];
            if (c == '"') {
                if (!skipString()) {
                    return false;
                }
                continue;
            }
            at++;
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean skipWord() {
        while (at < end && utf8[at] != ',' && utf8[at] != '}' && utf8[at] != ']') {
            at++;
        }
        return true;
    }
}
