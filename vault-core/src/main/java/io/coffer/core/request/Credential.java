// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.util.Optional;

/// The text of a token as a client sent it: 1 to 8192 printable ASCII characters. Never printed.
public record Credential(String text) {
    /// The longest token accepted, in characters.
    public static final int LONGEST = 8192;

    public Credential {
        if (!isOne(text)) {
            throw new IllegalArgumentException("a token is 1 to " + LONGEST + " printable characters");
        }
    }

    /// The token of this text, if a token may have it.
    public static Optional<Credential> parse(String text) {
        return isOne(text) ? Optional.of(new Credential(text)) : Optional.empty();
    }

    private static boolean isOne(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
