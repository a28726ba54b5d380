// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import com.fasterxml.jackson.core.JsonParser;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Takes the text under a parser off the heap.
///
/// Limit: the parser's own buffer holds the characters until it is used again or collected.
final class SecretText {
    private static final int LONGEST_CHARACTER = 3;

    private SecretText() {}

    /// The text as UTF-8; nothing if it is empty.
    ///
    /// @param field of which it is the text
    /// @throws JsonException if it is not well-formed, or longer than a secret may be
    static Optional<Secret> take(JsonParser parser, String field) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (length > Secret.MAX_BYTES) {
            throw tooLong(field);
        }
        try {
            return of(CharBuffer.wrap(text, from, length), field);
        } finally {
            Arrays.fill(text, from, from + length, '\0');
        }
    }

    /// As {@link #take}, of text that lies on the heap already.
    static Optional<Secret> of(CharBuffer text, String field) {
        byte[] room = new byte[text.remaining() * LONGEST_CHARACTER];
        try {
            ByteBuffer encoded = ByteBuffer.wrap(room);
            CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(text, encoded, true);
            if (result.isError()) {
                throw new JsonException("invalid JSON: a string holds an unpaired surrogate", false);
            }
            if (encoded.position() > Secret.MAX_BYTES) {
                throw tooLong(field);
            }
            return encoded.position() == 0
                    ? Optional.empty()
                    : Optional.of(Secret.takeFrom(Arrays.copyOf(room, encoded.position())));
        } finally {
            Arrays.fill(room, (byte) 0);
        }
    }

    private static JsonException tooLong(String field) {
        return new JsonException(
                "Field validation failed: error converting input for field \"" + field + "\": at most "
                        + Secret.MAX_BYTES + " bytes are expected",
                true);
    }
}
