// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A record in a form that was ever written, kept as a file: it must be read for ever, and the newest is what is
/// written.
public record Golden(String text) {
    private static final StorageKey KEY = Folder.of(new Scope("golden")).key("some/key");

    public static Golden of(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            return new Golden(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Asserts that reading and writing are inverse to each other, and that nothing else is taken for the record.
    public <T> T holds(BiFunction<StorageKey, Plaintext, T> read, Function<T, Plaintext> write) {
        T record = read.apply(KEY, plaintext(text));
        assertThat(new String(write.apply(record).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        String body = text.substring(1, text.length() - 1);
        for (String bent : new String[] {
            "{" + body.replaceFirst("\"v\":1", "\"v\":2") + "}",
            "{" + body.replaceFirst("\"v\":1,", "") + "}",
            "{" + body + ",\"unknown\":1}",
            "{" + body + "," + body + "}",
            "{" + body + ",}",
            "{" + body,
            body,
            "[" + body + "]",
            "{" + body + "} ",
            "",
            "{}",
            "null"
        }) {
            assertThatThrownBy(() -> read.apply(KEY, plaintext(bent)))
                    .as(bent)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining("golden:some/key");
        }
        everyMemberIsNeeded(read);
        everyCutIsRefused(read);
        return record;
    }

    private <T> void everyMemberIsNeeded(BiFunction<StorageKey, Plaintext, T> read) {
        Matcher names = Pattern.compile("\"([a-z_]+)\":").matcher(text);
        while (names.find()) {
            if (topLevel(names.start())) {
                String bent = text.substring(0, names.start()) + "\"other\":" + text.substring(names.end());
                assertThatThrownBy(() -> read.apply(KEY, plaintext(bent)))
                        .as(bent)
                        .isInstanceOf(CorruptedException.class)
                        .hasMessageContaining("golden:some/key");
            }
        }
    }

    private boolean topLevel(int at) {
        int depth = 0;
        for (char c : text.substring(0, at).toCharArray()) {
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return depth == 1;
    }

    private <T> void everyCutIsRefused(BiFunction<StorageKey, Plaintext, T> read) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            Plaintext cut = new Plaintext(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> read.apply(KEY, cut))
                    .as("cut to %s bytes", length)
                    .isInstanceOf(CorruptedException.class);
        }
    }

    private static Plaintext plaintext(String text) {
        return new Plaintext(text.getBytes(StandardCharsets.UTF_8));
    }
}
