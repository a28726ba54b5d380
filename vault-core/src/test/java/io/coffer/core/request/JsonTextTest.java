// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final String[] NO_JSON = {
        "",
        " ",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "[1,",
        "{\"a\":1,}",
        "[1,]",
        "{a:1}",
        "{'a':1}",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "NaN",
        "Infinity",
        "nul",
        "truee",
        "/**/1",
        "#\n1",
        "{} {}",
        "1 2",
        "[]]",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"a\nb\"",
        "\"\u0001\"",
        "\ufeff{}",
        "1-2"
    };

    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String write(Json value) {
        return new String(JsonText.write(value), StandardCharsets.UTF_8);
    }

    @Test
    void compactTextComesBackAsItWas() {
        for (String text : new String[] {
            "{}",
            "[]",
            "null",
            "true",
            "false",
            "\"\"",
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1e3",
            "1E+2",
            "1e-7",
            "1e400",
            "12345678901234567890",
            "0.1000",
            "{\"b\":[1,{\"a\":null}],\"a\":\"ä€😀\"}",
            "{\"\":1}",
            "\"\\\"\\\\\\n\""
        }) {
            assertThat(write(parse(text))).isEqualTo(text);
            assertThat(write(parse(" \n\t" + text + "\r "))).isEqualTo(text);
        }
        assertThat(write(parse("\"\\u00e4\\ud83d\\ude00\\/\""))).isEqualTo("\"ä😀/\"");
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsPlace() {
        for (String text : NO_JSON) {
            assertThatThrownBy(() -> parse(text))
                    .as("text %s", text)
                    .isInstanceOfSatisfying(
                            JsonException.class, e -> assertThat(e.overLimit()).isFalse());
        }
        assertThatThrownBy(() -> parse("{\"a\":1,\n \"secret\" 2}"))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }

    @Test
    void otherEncodingsAndBrokenOnesAreRefused() {
        byte[][] texts = {
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE),
            "{\"a\":1}".getBytes(Charset.forName("UTF-32")),
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc3, '"'},
            {'"', (byte) 0xc0, (byte) 0xaf, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
        };
        for (byte[] text : texts) {
            assertThatThrownBy(() -> JsonText.DEFAULT.parse(text)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> parse("{\"a\":1,\"b\":2,\"a\":1}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("stands twice");
        assertThatThrownBy(() -> parse("[{\"x\":{\"a\":1,\"\\u0061\":2}}]")).hasMessageContaining("stands twice");
    }

    @Test
    void everyLimitIsKeptToTheLast() {
        JsonText strict = new JsonText(new JsonLimits(3, 6, 4, 5, 6));
        for (String fine : new String[] {
            "[[[]]]",
            "\"äää\"",
            "\"aaaaaa\"",
            "{\"äää\":1}",
            "[\"\",\"\",\"\",\"\"]",
            "{\"a\":\"\",\"b\":\"\"}",
            "12345",
            "-1.25",
            "[1,true,[],{},null]",
            "{\"a\":1,\"b\":[2,[3]]}"
        }) {
            strict.parse(fine.getBytes(StandardCharsets.UTF_8));
        }
        for (String much : new String[] {
            "[[[[]]]]",
            "{\"a\":{\"b\":{\"c\":{}}}}",
            "\"aaaaaaa\"",
            "\"äääa\"",
            "{\"aaaaaaa\":1}",
            "[\"\",\"\",\"\",\"\",\"\"]",
            "{\"a\":\"\",\"b\":\"\",\"c\":1}",
            "123456",
            "-1.256",
            "[1,true,[],{},null,0]",
            "[[],[],[],[],[],[]]",
            "{\"a\":1,\"b\":[2,[3,4]]}"
        }) {
            assertThatThrownBy(() -> strict.parse(much.getBytes(StandardCharsets.UTF_8)))
                    .as(much)
                    .isInstanceOfSatisfying(
                            JsonException.class, e -> assertThat(e.overLimit()).isTrue())
                    .hasMessageStartingWith("refused JSON input due to high complexity: exceeded maximum");
        }
    }

    @Test
    void onlyAnObjectIsAnObject() {
        assertThat(JsonText.DEFAULT
                        .parseObject("{\"a\":1}".getBytes(StandardCharsets.UTF_8))
                        .members())
                .hasSize(1);
        for (String other : new String[] {"[]", "1", "null", "\"{}\""}) {
            assertThatThrownBy(() -> JsonText.DEFAULT.parseObject(other.getBytes(StandardCharsets.UTF_8)))
                    .hasMessage("the top-level value must be an object");
        }
    }

    @Test
    void rawTextIsSplicedWhereverItStands() {
        Json.Raw raw = new Json.Raw("xx{\"a\":1.0}yy".getBytes(StandardCharsets.UTF_8), 2, 9);
        assertThat(write(raw)).isEqualTo("{\"a\":1.0}");
        assertThat(write(Json.object().put("x", raw).put("y", raw).build()))
                .isEqualTo("{\"x\":{\"a\":1.0},\"y\":{\"a\":1.0}}");
        assertThat(write(new Json.Arr(List.of(raw, Json.NULL, raw)))).isEqualTo("[{\"a\":1.0},null,{\"a\":1.0}]");
    }

    @Test
    void noValuePrintsItsContent() {
        Json value = parse("{\"hunter2\":[\"hunter2\",12345]}");
        assertThat(value + " " + ((Json.Obj) value).get("hunter2")).doesNotContain("hunter2");
        assertThat(List.of(
                                new Json.Str("hunter2"),
                                new Json.Num("12345"),
                                new Json.Raw("hunter2".getBytes(StandardCharsets.UTF_8)))
                        .toString())
                .doesNotContain("hunter2")
                .doesNotContain("12345");
    }

    @Test
    void anyTreeComesBack() {
        for (long seed = 0; seed < 300; seed++) {
            Json tree = tree(new Random(seed), 4);
            assertThat(JsonText.DEFAULT.parse(JsonText.write(tree)))
                    .as("seed %s", seed)
                    .isEqualTo(tree);
        }
    }

    @Test
    void noBytesAreMoreThanRefused() {
        byte[] sound =
                "{\"a\":[1.0,\"\\u00e4ä😀\",{\"b\":null,\"c\":true}],\"d\":-1e3}".getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] bent = sound.clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            try {
                byte[] written = JsonText.write(JsonText.DEFAULT.parse(bent));
                assertThat(JsonText.write(JsonText.DEFAULT.parse(written)))
                        .as("seed %s", seed)
                        .isEqualTo(written);
            } catch (JsonException refused) {
                assertThat(refused.getMessage()).as("seed %s", seed).isNotEmpty();
            }
        }
    }

    static Json tree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.NULL;
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> new Json.Num(random.nextInt() + (random.nextBoolean() ? ".50" : "e" + random.nextInt(9)));
            case 3, 4 -> new Json.Str(text(random));
            case 5 -> new Json.Arr(List.of(tree(random, depth - 1), tree(random, depth - 1)));
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
        int[] alphabet = {0, 1, '\n', '"', '\\', '/', 'a', 'Z', 0x7f, 0xe4, 0x2028, 0xfffd, 0x1f600, 0x10ffff, '<'};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
