// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonLimits;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is written is JSON and means what it was made of, as a parser of another's sees it.
final class JsonBytesTest {
    private static final JsonText PARSER = new JsonText(new JsonLimits(500, 64 << 20, 1_000_000, 1_000, 1_000_000));

    private static Json parsed(JsonBytes written) {
        return PARSER.parse(written.take());
    }

    private static String read(String text, int expected) {
        return ((Json.Str) parsed(new JsonBytes(expected).string(text))).value();
    }

    @Test
    void everyCharacterComesBackAndHalvesOfOnesBecomeReplacements() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "a" + (char) c + "b";
            String expected = Character.isSurrogate((char) c) ? "a\ufffdb" : text;
            if (!read(text, 0).equals(expected)) {
                throw new AssertionError("character " + c);
            }
        }
    }

    @Test
    void everyCharacterOutsideTheBasicPlaneComesBack() {
        StringBuilder all = new StringBuilder(2 << 20);
        for (int c = Character.MIN_SUPPLEMENTARY_CODE_POINT; c <= Character.MAX_CODE_POINT; c++) {
            all.appendCodePoint(c);
        }
        assertThat(read(all.toString(), 16).contentEquals(all)).isTrue();
    }

    @Test
    void halvesOfCharactersAnywhereNeitherSwallowTheirNeighbourNorRunOverTheEnd() {
        char high = '\ud83d';
        char low = '\ude00';
        String whole = "" + high + low;
        assertThat(read("" + high, 0)).isEqualTo("\ufffd");
        assertThat(read(low + "" + high, 0)).isEqualTo("\ufffd\ufffd");
        assertThat(read(high + whole + low, 0)).isEqualTo("\ufffd" + whole + "\ufffd");
        assertThat(read(high + "\"", 0)).isEqualTo("\ufffd\"");
    }

    @Test
    void whatStandsInTheOutputIsUtf8WithoutControlCharacters() {
        byte[] written = new JsonBytes(0)
                .string("\u0000\b\t\n\u000b\f\r\u001f \"\\/\u007f\u00e9\u2028")
                .take();
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("\"\\u0000\\u0008\\t\\n\\u000b\\u000c\\r\\u001f \\\"\\\\/\u007f\u00e9\u2028\"");
    }

    @Test
    void theBufferGrowsFromAnySizeForAnyLengthOfAnyKindOfCharacter() {
        for (String character : List.of("a", "\n", "\u0001", "\u00e9", "\u20ac", "\ud83d\ude00")) {
            for (int length = 0; length < 70; length++) {
                String text = character.repeat(length);
                for (int expected = 0; expected < 40; expected++) {
                    assertThat(read(text, expected)).isEqualTo(text);
                    assertThat(read("x" + text, expected)).isEqualTo("x" + text);
                }
            }
        }
    }

    @Test
    void treesAtRandomComeBackAndRawPartsAreCopiedAsTheyAre() {
        long seed = Seed.printed();
        Random dice = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Json tree = tree(dice, 6);
            assertThat(parsed(new JsonBytes(dice.nextInt(64)).value(tree)))
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(tree);
            byte[] text = JsonText.write(tree);
            byte[] around = ("xx" + new String(text, StandardCharsets.UTF_8) + "yy").getBytes(StandardCharsets.UTF_8);
            Json raw = Json.object()
                    .put("a", new Json.Raw(around, 2, text.length))
                    .put("b", 1L)
                    .build();
            assertThat(parsed(new JsonBytes(0).value(raw)))
                    .as("seed %d, raw %d", seed, i)
                    .isEqualTo(Json.object().put("a", tree).put("b", 1L).build());
        }
    }

    private static Json tree(Random dice, int depth) {
        return switch (dice.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> Json.NULL;
            case 1 -> Json.of(dice.nextBoolean());
            case 2 ->
                new Json.Num(List.of("0", "-1.50", "1e400", "12345678901234567890", "" + dice.nextLong())
                        .get(dice.nextInt(5)));
            case 3 -> Json.of(text(dice));
            case 4 -> {
                List<Json> items = new ArrayList<>();
                for (int i = dice.nextInt(5); i > 0; i--) {
                    items.add(tree(dice, depth - 1));
                }
                yield new Json.Arr(items);
            }
            default -> {
                Json.Builder members = Json.object();
                for (int i = dice.nextInt(5); i > 0; i--) {
                    members.put(i + text(dice), tree(dice, depth - 1));
                }
                yield members.build();
            }
        };
    }

    private static String text(Random dice) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(20); i > 0; i--) {
            int c = dice.nextInt(4) > 0 ? dice.nextInt(0x80) : dice.nextInt(Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c);
        }
        return text.toString();
    }

    @Test
    void numbersListsAndPunctuationAreWrittenAsTheyAre() {
        JsonBytes out = new JsonBytes(0)
                .put('[')
                .number(Long.MIN_VALUE)
                .put(',')
                .stringsOrNull(List.of())
                .put(',')
                .stringsOrNull(List.of("a", ""))
                .put(',')
                .strings(List.of())
                .put(',')
                .put('{')
                .member("m", Json.of(true))
                .put('}')
                .put(']');
        assertThat(new String(out.take(), StandardCharsets.UTF_8))
                .isEqualTo("[-9223372036854775808,null,[\"a\",\"\"],[],{\"m\":true}]");
    }
}
