// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.crypto.Hmac;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final byte[] KEY = "thirty-two bytes of a test key..".getBytes(StandardCharsets.UTF_8);
    private static final int AMPLE = 1 << 20;

    private final Secret secret = Secret.takeFrom(KEY.clone());
    private final Hmac hmac = Hmac.of(secret);
    private Set<String> shown = Set.of();

    @AfterEach
    void close() {
        hmac.close();
        secret.close();
    }

    @Test
    void everyStringIsAnHmacAndNothingElseIs() {
        Json data = parse(
                "{\"a\":\"x\",\"n\":12.50,\"t\":true,\"f\":false,\"z\":null,\"l\":[\"\",{\"b\":\"é\\n\"}],\"e\":{}}");

        assertThat(redacted(data, false))
                .isEqualTo("{\"a\":\"" + mac("x") + "\",\"n\":12.50,\"t\":true,\"f\":false,\"z\":null,\"l\":[\""
                        + mac("") + "\",{\"b\":\"" + mac("é\n") + "\"}],\"e\":{}}");
    }

    @Test
    void bytesAreRedactedAsTheTreeThatTheyStandFor() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Json tree = tree(random, 4);
            byte[] text = spaced(JsonText.write(tree), random);
            byte[] framed = new byte[text.length + 10];
            System.arraycopy(text, 0, framed, 5, text.length);
            Json.Raw raw = new Json.Raw(framed, 5, text.length);

            assertThat(parse(redacted(raw, false))).as("seed " + seed).isEqualTo(parse(redacted(tree, false)));
            assertThat(parse(redacted(raw, true))).as("seed " + seed).isEqualTo(tree);
            assertThat(redacted(raw, true)).as("seed " + seed).doesNotContain("\n");
        }
    }

    @Test
    void escapesAreTakenOutBeforeTheHmac() {
        Json.Raw raw = raw("[\"\\u0041\\n\\t\\b\\f\\r\\\"\\\\\\/\\ud83d\\ude00\",\"a\\\"b\"]");

        assertThat(redacted(raw, false))
                .isEqualTo("[\"" + mac("A\n\t\b\f\r\"\\/\ud83d\ude00") + "\",\"" + mac("a\"b") + "\"]");
    }

    @Test
    void bytesThatAreNoJsonEndInAnExceptionAndNeverInTheLine() {
        for (String bad : List.of(
                "canary",
                "[canary]",
                "\"canary",
                "{\"a\":\"b\\",
                "\"\\u00",
                "\"\\x\"",
                "\"a\nb\"",
                "[truecanary]",
                "[\"a\" canary]",
                "nul",
                "\"\\u00zz\"")) {
            assertThatThrownBy(() -> redacted(raw(bad), false)).as(bad).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whateverByteIsBentNoValueShows() {
        byte[] text = "{\"name\":[\"canary-one\",\"canary\\ttwo\",{\"deep\":\"canary-three\"}],\"n\":17}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bent = text.clone();
                bent[i] ^= (byte) (1 << bit);
                String shown;
                try {
                    shown = redacted(new Json.Raw(bent), false);
                } catch (IllegalStateException refused) {
                    continue;
                }
                assertThat(shown).as("byte " + i + " bit " + bit).doesNotContain("canary");
            }
        }
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        assertThatThrownBy(() -> redacted(new Json.Num("canary"), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void dataOverTheLimitIsLeftOutAndTheEntrySaysSo() {
        Json many = new Json.Arr(List.of(Json.of("a"), Json.of("b"), Json.of("c")));
        Json.Raw same = new Json.Raw(JsonText.write(many));
        int whole = redacted(many, false).length();

        for (Json data : List.of(many, same)) {
            assertThat(member(data, Map.of(), whole)).startsWith(",\"data\":[");
            for (int limit = 1; limit < whole; limit++) {
                assertThat(member(data, Map.of(), limit)).isEqualTo(",\"data_omitted\":true");
            }
        }
    }

    @Test
    void secretsThatStandApartAreHmacsEvenInClear() {
        try (Secret apart = Secret.takeFrom("canary".getBytes(StandardCharsets.UTF_8))) {
            Map<String, Secret> secrets = Map.of("password", apart);
            shown = Set.of("password");
            String both = "{\"user\":\"ann\",\"password\":\"" + mac("canary") + "\"}";

            assertThat(member(parse("{\"user\":\"ann\"}"), secrets, AMPLE, true))
                    .isEqualTo(",\"data\":" + both);
            assertThat(member(Json.NULL, secrets, AMPLE))
                    .isEqualTo(",\"data\":{\"password\":\"" + mac("canary") + "\"}");
            assertThatThrownBy(() -> member(Json.of("x"), secrets, AMPLE)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void namesThatTheMountShowsAreInClearWhereverTheyStandAndNothingBelowAnotherNameIs() {
        shown = Set.of("user", "tags", "a\"b");
        String text =
                "{\"user\":\"ann\",\"pass\":\"x\",\"tags\":[\"t\",[\"u\"],{\"pass\":\"y\",\"user\":\"bob\"},\"v\"],"
                        + "\"data\":{\"user\":\"eve\",\"k\":\"z\"},\"a\\\"b\":\"q\",\"last\":[\"w\"]}";
        String expected =
                "{\"user\":\"ann\",\"pass\":\"" + mac("x") + "\",\"tags\":[\"t\",[\"u\"],{\"pass\":\"" + mac("y")
                        + "\",\"user\":\"bob\"},\"v\"],\"data\":{\"user\":\"eve\",\"k\":\"" + mac("z")
                        + "\"},\"a\\\"b\":\"q\",\"last\":[\"" + mac("w") + "\"]}";
        assertThat(redacted(parse(text), false)).isEqualTo(expected);
        assertThat(redacted(raw(text), false)).isEqualTo(expected);
        Json mixed = Json.object()
                .put("user", raw("[\"in a list\",{\"user\":\"b\",\"x\":\"c\"}]"))
                .build();
        assertThat(redacted(mixed, false))
                .isEqualTo("{\"user\":[\"in a list\",{\"user\":\"b\",\"x\":\"" + mac("c") + "\"}]}");
        assertThat(redacted(raw("\"alone\""), false)).isEqualTo("\"" + mac("alone") + "\"");
    }

    @Test
    void shownNamesOfBytesAreThoseOfTheTree() {
        shown = Set.of("a", "b", "é", "");
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Json tree = tree(random, 4);
            Json.Raw raw = new Json.Raw(spaced(JsonText.write(tree), random));
            assertThat(parse(redacted(raw, false))).as("seed " + seed).isEqualTo(parse(redacted(tree, false)));
        }
    }

    private String redacted(Json data, boolean clear) {
        String all = member(data, Map.of(), AMPLE, clear);
        return all.substring(",\"data\":".length());
    }

    private String member(Json data, Map<String, Secret> secrets, int limit) {
        return member(data, secrets, limit, false);
    }

    private String member(Json data, Map<String, Secret> secrets, int limit, boolean clear) {
        LineWriter out = new LineWriter();
        new Redaction(out, new Hashes(hmac), clear, shown).member("data", data, secrets, limit);
        return new String(out.line(), StandardCharsets.UTF_8);
    }

    private static String mac(String text) {
        return "hmac-sha256:" + HexFormat.of().formatHex(OpenAudit.hmac(KEY, text));
    }

    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Json.Raw raw(String text) {
        return new Json.Raw(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Json tree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> Json.of(text(random));
            case 1 ->
                new Json.Num(List.of("0", "-1.50e+7", "12345678901234567890.1").get(random.nextInt(3)));
            case 2 -> Json.of(random.nextBoolean());
            case 3 -> Json.NULL;
            case 4 -> Json.of("");
            case 5 -> {
                List<Json> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(tree(random, depth - 1));
                }
                yield new Json.Arr(items);
            }
            default -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(text(random), tree(random, depth - 1));
                }
                yield new Json.Obj(members);
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        String alphabet = "ab\"\\/\n\t\u0001:,{}[] é\u2028\ud83d\ude00";
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(alphabet.codePointAt(
                    alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0, alphabet.length())))));
        }
        return text.toString();
    }

    /// The same JSON with space where JSON allows it.
    private static byte[] spaced(byte[] compact, Random random) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        String text = new String(compact, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c);
            if (inside && c == '\\') {
                out.append(text.charAt(++i));
            } else if (c == '"') {
                inside = !inside;
            }
            if (!inside && ",:[]{}\"".indexOf(c) >= 0 && random.nextBoolean()) {
                out.append(" \n\t\r".charAt(random.nextInt(4)));
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
