// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Slow;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks others over HTTP. The core has no sockets: whoever puts it together gives this to the engines that need it.
public interface Outbound {
    /// The longest answer, in bytes.
    int LONGEST = 1 << 20;

    /// Nobody can be asked.
    Outbound NONE = (question, slow) -> new Outcome.Failed("this vault asks nobody");

    Outcome ask(Question question, Slow slow);

    /// What is asked.
    ///
    /// @param url with `http://` or `https://`
    /// @param trusted certificates in PEM that are trusted instead of the system's; empty for the system's
    /// @param authorization the header of that name; empty for none
    /// @param form what is posted; fetched, if empty
    record Question(String url, String trusted, String authorization, Optional<Map<String, String>> form) {
        private static final HexFormat UPPER = HexFormat.of().withUpperCase();
        private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

        public Question {
            form = form.map(Map::copyOf);
        }

        /// Something that anybody may fetch.
        public static Question of(String url, String trusted) {
            return new Question(url, trusted, "", Optional.empty());
        }

        /// The form, as it stands in a body or behind a `?`.
        public static String encoded(Map<String, String> form) {
            return form.entrySet().stream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
        }

        /// Text, as it stands in a form: letters, digits and `-._~` as they are, every other byte by its number.
        public static String encoded(String text) {
            StringBuilder encoded = new StringBuilder();
            for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = PLAIN.indexOf(each) >= 0;
                encoded.append(plain ? Character.toString(each) : "%" + UPPER.toHexDigits(each));
            }
            return encoded.toString();
        }

        /// Without what it authorizes by and what it posts.
        @Override
        public String toString() {
            return "Question";
        }
    }

    /// What came back.
    sealed interface Outcome {
        record Answered(byte[] body) implements Outcome {}

        /// @param why for the operator; it repeats nothing of what was asked or answered
        record Failed(String why) implements Outcome {}
    }
}
