// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever comes in, the answer is a body or an {@link HclException}. Longer: {@code -Dcoffer.fuzz=50000}.
class HclFuzzTest {
    private static final int ROUNDS = Integer.getInteger("coffer.fuzz", 8_000);
    private static final String[] PIECES =
            ("{ } [ ] = , : # // /* */ EOF ${ é 😀 0 1e99 - . true null path \"a\" \" \\ \\u00 "
                            + "\\ud800 \\U0010FFFF <<EOF\n <<-X\n \n \r \r\n \u0000 \u2028 \ud800")
                    .split(" ");

    @Test
    void mutatedTextsNeverEscapeAsAnotherFault() {
        long seed = 3_141_592L;
        Random random = new Random(seed);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(Samples.ALL.get(random.nextInt(Samples.ALL.size())));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                mutate(text, random);
            }
            if (reads(text.toString(), seed, i)) {
                accepted++;
            } else {
                refused++;
            }
        }
        assertThat(accepted).as("seed %d", seed).isGreaterThan(ROUNDS / 60);
        assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS / 60);
    }

    @Test
    void mutatedBytesNeverEscapeAsAnotherFault() {
        long seed = 2_718_281L;
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = Samples.ALL.get(random.nextInt(Samples.ALL.size())).getBytes(StandardCharsets.UTF_8);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Hcl.parse(bytes, HclLimits.DEFAULT);
            } catch (HclException refused) {
                assertThat(refused.problem()).hasSizeLessThan(200);
            } catch (RuntimeException | StackOverflowError escaped) {
                fail("seed " + seed + ", round " + i, escaped);
            }
        }
    }

    @Test
    void textsMadeOfPiecesNeverEscapeAsAnotherFault() {
        long seed = 1_618_033L;
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(20); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            reads(text.toString(), seed, i);
        }
    }

    @Test
    void everyPrefixIsReadOrRefused() {
        for (String sample : Samples.ALL) {
            for (int end = 0; end <= sample.length(); end++) {
                reads(sample.substring(0, end), 0, end);
            }
        }
    }

    @Test
    void noPrefixOfJsonIsTakenForAWhole() {
        String json = Samples.JSON.stripTrailing();
        for (int end = 1; end < json.length(); end++) {
            assertThat(reads(json.substring(0, end), 0, end))
                    .as(json.substring(0, end))
                    .isFalse();
        }
    }

    @Test
    void aBombOfOneMebibyteIsRefused() {
        String[] openers = {
            "{\"a\":",
            "[",
            "{",
            "a{",
            "a={",
            "a=[",
            "a \"b\" {",
            "{\"a\":[",
            "/*",
            "\"",
            "a=<<E\n",
            "\\",
            "a=-",
            "a=1",
            "\"a\" "
        };
        HclLimits deepest = new HclLimits(1 << 20, HclLimits.DEEPEST, 1 << 20);
        for (String opener : openers) {
            for (String start : new String[] {"", "a = ", "{\"a\": "}) {
                String text = (start + opener.repeat(1 + (1 << 20) / opener.length())).substring(0, 1 << 20);
                assertThat(refuses(text, deepest)).as("%s%s…", start, opener).isTrue();
            }
        }
    }

    private static boolean refuses(String text, HclLimits limits) {
        try {
            Hcl.parse(text, limits);
            return false;
        } catch (HclException refused) {
            return true;
        }
    }

    /// Whether the text was read; anything but that or a refusal fails the test.
    private static boolean reads(String text, long seed, int round) {
        try {
            Body body = Hcl.parse(text, HclLimits.DEFAULT);
            try {
                body.blocks("path", 1);
                body.blocks("listener", 1);
            } catch (HclException refused) {
                assertThat(refused.problem()).isNotEmpty();
            }
            return true;
        } catch (HclException refused) {
            assertThat(refused.problem()).hasSizeLessThan(200);
            return false;
        } catch (RuntimeException | StackOverflowError escaped) {
            return fail("seed " + seed + ", round " + round + ": " + text, escaped);
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(8));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 2 -> text.replace(at, at + 1, PIECES[random.nextInt(PIECES.length)]);
            default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        }
        if (text.isEmpty()) {
            text.append('a');
        }
    }
}
