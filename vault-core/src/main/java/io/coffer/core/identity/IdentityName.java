// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// The one form of a name of an entity, group or alias: Unicode NFC, in lower case, 1 to 512 bytes of UTF-8
/// without control characters. Two names that fold to one are one.
///
/// The name of an entity or group is also a segment of a path, so it holds no '/'.
public record IdentityName(String text) {
    /// The longest, in bytes of UTF-8.
    public static final int LONGEST = 512;

    public IdentityName {
        if (!text.equals(fold(text)) || !refusal(text).isEmpty()) {
            throw new IllegalArgumentException("not the canonical form of a name");
        }
    }

    /// The canonical form of what a client wrote; empty if {@link #refusal} has something against it.
    public static Optional<IdentityName> of(String written) {
        return refusal(written).isEmpty() ? Optional.of(new IdentityName(fold(written))) : Optional.empty();
    }

    /// As {@link #of}, for a name that stands in a path.
    public static Optional<IdentityName> segment(String written) {
        return written.contains("/") ? Optional.empty() : of(written);
    }

    /// Why this is no name, without the name; empty if it is one.
    public static String refusal(String written) {
        if (written.isBlank()) {
            return "a name is not empty";
        }
        if (written.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(written)) {
            return "a name holds no control characters and is valid UTF-8";
        }
        return fold(written).getBytes(StandardCharsets.UTF_8).length > LONGEST
                ? "a name has at most " + LONGEST + " bytes"
                : "";
    }

    private static String fold(String written) {
        String composed = Normalizer.normalize(written, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(composed, Normalizer.Form.NFC);
    }

    @Override
    public String toString() {
        return text;
    }
}
