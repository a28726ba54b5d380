// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands in a file, the answer is a configuration or a {@link ConfigException} of one line that
/// names the file and a line, and no value. Longer: {@code -Dcoffer.fuzz=50000}.
class ConfigFuzzTest {
    private static final int ROUNDS = Integer.getInteger("coffer.fuzz", 500);
    private static final String VALUE = "s3cr3tv4lu3";
    private static final String GOOD = """
            listener "tcp" { address = "127.0.0.1:8200", tls_disable = true
              custom_response_headers { "default" = { "X-A" = ["1"] } } }
            listener "unix" { address = "/run/s" socket_mode = "600" }
            storage "rocksdb" { path = "/var/lib/coffer" }
            audit_directory = "/log"
            audit "file" "main" { options { file_path = "a" log_raw = false } }
            limits { json_depth = 5 }
            default_lease_ttl = "1h"
            log_level = "info"
            telemetry { x = [1, 2.5] }
            """;
    private static final String[] PIECES = {
        "\"" + VALUE + "\"",
        VALUE,
        "{",
        "}",
        "[",
        "]",
        "=",
        "1",
        "-1",
        "true",
        "{}",
        "[]",
        "[\"" + VALUE + "\"]",
        "1.5",
        "tcp",
        "listener",
        "storage",
        "\n",
        "\"",
        "{ \"" + VALUE + "\" = 1 }",
        "99999999999"
    };

    @TempDir
    Path directory;

    @Test
    void mutatedFilesAreReadOrRefusedInOneLine() {
        long seed = 20_260_101L;
        Random random = new Random(seed);
        ConfigFolder folder = new ConfigFolder(directory);
        Pattern message = Pattern.compile(Pattern.quote(directory + "/coffer.hcl:") + "[0-9]+: [^\\n]{1,400}");
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(random);
            try {
                folder.load(text);
                accepted++;
            } catch (ConfigException refused) {
                String shown = String.valueOf(refused.getMessage());
                assertThat(shown).as("seed %d, round %d: %s", seed, i, text).matches(message);
            } catch (RuntimeException | StackOverflowError escaped) {
                fail("seed " + seed + ", round " + i + ": " + text, escaped);
            }
        }
        assertThat(accepted).as("seed %d", seed).isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
    }

    /// Each value in turn becomes something that must not be repeated.
    @Test
    void noValueIsRepeatedInAnError() {
        ConfigFolder folder = new ConfigFolder(directory);
        String[] parts = GOOD.split("(?<==) ", -1);
        for (int i = 1; i < parts.length; i++) {
            for (String value :
                    new String[] {"\"" + VALUE + "\"", "[\"" + VALUE + "\"]", VALUE, "{ a = \"" + VALUE + "\" }"}) {
                String[] changed = parts.clone();
                changed[i] = changed[i].replaceFirst("^(\"[^\"]*\"|\\[[^]]*]|\\w+)", value);
                try {
                    folder.load(String.join(" ", changed));
                } catch (ConfigException refused) {
                    assertThat(refused.getMessage()).doesNotContain(VALUE);
                }
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(10));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
