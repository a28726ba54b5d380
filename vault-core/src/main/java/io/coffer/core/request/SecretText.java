// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import com.fasterxml.jackson.core.JsonParser;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Takes the text under a parser off the heap.
///
/// Limit: the parser's own buffer holds the characters until it is used again or collected.
final class SecretText {
    private SecretText() {}

    /// The text; nothing if it is empty.
    ///
    /// @throws JsonException if it is not ASCII, or longer than a secret may be
    static Optional<Secret> take(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (length > Secret.MAX_BYTES) {
            throw new JsonException("a secret has at most " + Secret.MAX_BYTES + " characters", true);
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            if (text[from + i] > 0x7f) {
                Arrays.fill(bytes, (byte) 0);
                throw new JsonException("a secret is written in ASCII", false);
            }
            bytes[i] = (byte) text[from + i];
        }
        Arrays.fill(text, from, from + length, '\0');
        return length == 0 ? Optional.empty() : Optional.of(Secret.takeFrom(bytes));
    }
}
