// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.hcl.HclException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bent policies are read or refused with a place inside of them, and nothing else happens.
class PolicyFuzzTest {
    private static final List<String> SEEDS = List.of(
            "path \"secret/+/x*\" { capabilities = [\"read\", \"deny\"] min_wrapping_ttl = \"1m\" }",
            "{\"path\": {\"a/{{identity.entity.id}}\": {\"policy\": \"write\", \"allowed_parameters\": {\"a\": [1]}}}}",
            "name = \"x\"\npath \"a\" { denied_parameters { \"b\" = [true, 1.5] } expiration = \"2030-01-01T00:00:00Z\" }",
            "path \"a\" { policy = \"read\" list_scan_response_keys_filter_path = \"{{ .path }}{{ .key }}\" }");
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "=",
            ",",
            "+*",
            "path",
            "deny",
            "\n",
            "#",
            "/*",
            "<<E\n",
            "\\u0041",
            "1e9",
            "-",
            "null",
            "é",
            "\u202e",
            "capabilities",
            "control_group");
    private static final int ROUNDS = 30_000;

    @Test
    void aBentPolicyIsReadOrRefusedWithItsPlace() {
        long seed = Long.getLong("coffer.seed", System.nanoTime());
        Random dice = new Random(seed);
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = bent(SEEDS.get(dice.nextInt(SEEDS.size())), dice);
            try {
                PolicyParser.parse(text);
                read++;
            } catch (HclException refused) {
                assertThat(refused.line())
                        .as("seed %d: %s", seed, text)
                        .isBetween(1, (int) text.chars().filter(c -> c == '\n').count() + 1);
                assertThat(refused.getMessage()).as("seed %d: %s", seed, text).hasSizeLessThan(600);
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + seed + ": " + text, other);
            }
        }
        assertThat(read).as("seed %d", seed).isPositive();
    }

    private static String bent(String text, Random dice) {
        StringBuilder bent = new StringBuilder(text);
        for (int i = 1 + dice.nextInt(3); i > 0; i--) {
            int at = dice.nextInt(bent.length());
            switch (dice.nextInt(3)) {
                case 0 -> bent.deleteCharAt(at);
                case 1 -> bent.insert(at, PIECES.get(dice.nextInt(PIECES.size())));
                default -> bent.setCharAt(at, (char) dice.nextInt(0x180));
            }
            if (bent.isEmpty()) {
                bent.append('x');
            }
        }
        return bent.toString();
    }
}
