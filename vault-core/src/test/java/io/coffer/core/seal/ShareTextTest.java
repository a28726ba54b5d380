// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareTextTest {
    private static final String NEITHER = "'key' must be a valid hex or base64 string";
    private static final String SHORT = "invalid key: key is shorter than minimum 16 bytes";
    private static final String LONG = "invalid key: key is longer than maximum 33 bytes";

    private static ShareText parse(String text) {
        try (Secret secret = Secret.takeFrom(text.getBytes(StandardCharsets.ISO_8859_1))) {
            return ShareText.parse(secret);
        }
    }

    private static byte[] read(String text) {
        try (Secret bytes = ((ShareText.Read) parse(text)).bytes()) {
            return bytes.copy();
        }
    }

    private static void assertRefused(String text, String reason) {
        assertThat(parse(text)).as(text).isEqualTo(new ShareText.Unreadable(reason));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void everyLengthReadsInBothFormsOrIsRefusedWithItsReason() {
        for (int length = 1; length <= 60; length++) {
            byte[] share = bytes(length);
            String base64 = Base64.getEncoder().encodeToString(share);
            String hex = HexFormat.of().formatHex(share);
            if (length >= 16 && length <= 33) {
                assertThat(read(base64)).isEqualTo(share);
                assertThat(read(hex)).isEqualTo(share);
                assertThat(read(hex.toUpperCase(java.util.Locale.ROOT))).isEqualTo(share);
            } else {
                assertRefused(base64, length < 16 ? SHORT : LONG);
            }
        }
    }

    @Test
    void whereClientsExpectItBlanksAroundAShareAreLeftOutAndThoseWithinAreNot() {
        String hex = HexFormat.of().formatHex(bytes(33));
        String base64 = Base64.getEncoder().encodeToString(bytes(33));
        for (String share : List.of(hex, base64)) {
            for (String blank : List.of(" ", "\n", "\r\n", "\t", "\u000b\f", "   \n  ")) {
                assertRefused(blank + share, NEITHER);
                assertRefused(share + blank, NEITHER);
                for (String text : List.of(share, blank + share, share + blank, blank + share + blank)) {
                    assertThat(between(text)).as("<%s>", text).isInstanceOf(ShareText.Read.class);
                }
                assertThat(between(share.substring(0, 20) + blank + share.substring(20)))
                        .isEqualTo(new ShareText.Unreadable(NEITHER));
                assertThat(between(blank)).isEqualTo(new ShareText.Unreadable(NEITHER));
            }
            assertThat(between("\u00a0" + share)).as("no other blank").isEqualTo(new ShareText.Unreadable(NEITHER));
        }
    }

    private static ShareText between(String text) {
        try (Secret secret = Secret.takeFrom(text.getBytes(StandardCharsets.ISO_8859_1))) {
            return ShareText.parseBetweenBlanks(secret);
        }
    }

    @Test
    void hexOfAnotherLengthIsBase64OrNothing() {
        assertRefused("ab".repeat(34), LONG); // 68 digits are base64 of 51 bytes
        assertRefused("ab".repeat(15), NEITHER); // 30 are neither
        assertThat(read("ab".repeat(14))).hasSize(21); // 28 are base64 of a length that a share may have
    }

    @Test
    void nothingIsRepaired() {
        String base64 = Base64.getEncoder().encodeToString(bytes(33));
        String padded = Base64.getEncoder().encodeToString(bytes(32));
        String hex = HexFormat.of().formatHex(bytes(33));
        for (String bent : List.of(
                " " + base64,
                base64 + "\n",
                base64.substring(0, 20) + "\r\n" + base64.substring(20),
                padded.replace("=", ""),
                Base64.getUrlEncoder()
                        .encodeToString(
                                new byte[] {-1, -1, -1, -2, -2, -2, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}),
                " " + hex,
                hex + "\n",
                hex.substring(1),
                "é".repeat(66),
                "=".repeat(44),
                "\0".repeat(44))) {
            assertRefused(bent, NEITHER);
        }
    }

    @Test
    void anyTextIsReadOrRefusedAndNothingElse() {
        long seed = new Random().nextLong();
        Random dice = new Random(seed);
        String alphabet = "0123456789abcdefABCDEFxyzXYZ+/=-_ \n\0é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + dice.nextInt(90); length > 0; length--) {
                text.append(alphabet.charAt(dice.nextInt(alphabet.length())));
            }
            switch (parse(text.toString())) {
                case ShareText.Read(Secret share) -> {
                    assertThat(share.length()).as("seed %d", seed).isBetween(16, 33);
                    share.close();
                }
                case ShareText.Unreadable(String reason) -> assertThat(reason).isIn(NEITHER, SHORT, LONG);
            }
        }
    }

    @Test
    void theLongestTextIsRefusedToo() {
        assertRefused("A".repeat(Secret.MAX_BYTES), LONG);
        assertRefused("z".repeat(Secret.MAX_BYTES - 1), NEITHER);
    }
}
