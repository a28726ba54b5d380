// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.coffer.core.hcl.Body;
import io.coffer.core.hcl.Hcl;
import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.HclLimits;
import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Value;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The reader of the JSON form is our own. What it takes for JSON, the other reader takes for the same JSON. Longer:
/// {@code -Dcoffer.fuzz=50000}.
class JsonAgreementTest {
    private static final int ROUNDS = Integer.getInteger("coffer.fuzz", 5_000);
    private static final String GOOD = """
            {
              "listener": [{"tcp": {"address": "127.0.0.1:8200", "on": true}}, {"unix": {"off": false}}],
              "numbers": [0, -1, 12.5, 1e3, 1E-2, 9007199254740993, -0],
              "text": "\\u00e4\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\"\\\\ä😀",
              "empty": {"list": [], "object": {}, "": ""}
            }
            """;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "0",
        "1",
        "-",
        "+",
        ".",
        "e",
        "E",
        "true",
        "null",
        "\\u0041",
        "\\ud800",
        "\\x",
        "/",
        "#",
        " ",
        "\n",
        "\t",
        "\r",
        "\"a\":1,",
        "\f",
        "\u00a0",
        "NaN"
    };

    @Test
    void whatOurReaderTakesTheOtherTakesForTheSame() {
        long seed = 4_669_201L;
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(random);
            Body body;
            try {
                body = Hcl.parse(text, HclLimits.DEFAULT);
            } catch (HclException refused) {
                continue;
            }
            if (text.stripLeading().startsWith("{")) {
                accepted++;
                assertThatCode(() -> assertThat(JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8)))
                                .isInstanceOf(Json.Obj.class))
                        .as("seed %d: %s", seed, text)
                        .doesNotThrowAnyException();
                Json other = JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
                assertThat(plain(body)).as("seed %d: %s", seed, text).isEqualTo(plain(other));
            }
        }
        assertThat(accepted).as("seed %d", seed).isGreaterThan(ROUNDS / 70);
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int edits = random.nextInt(3); edits >= 0; edits--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(4));
            text.replace(at, end, random.nextInt(3) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Map<String, Object> plain(Body body) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Item item : body.items()) {
            plain.put(item.name(), plain(((Item.Attribute) item).value()));
        }
        return plain;
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole whole -> number(Long.toString(whole.number()));
            case Value.Decimal decimal -> number(decimal.number().toString());
            case Value.Flag flag -> flag.set();
            case Value.Arr list ->
                list.items().stream().map(JsonAgreementTest::plain).toList();
            case Value.Obj object -> plain(object.body());
        };
    }

    private static Object plain(Json value) {
        return switch (value) {
            case Json.Str text -> text.value();
            case Json.Num number -> number(number.text());
            case Json.Bool flag -> flag.value();
            case Json.Arr list ->
                list.items().stream().map(JsonAgreementTest::plain).toList();
            case Json.Obj object -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                object.members().forEach((name, member) -> plain.put(name, plain(member)));
                yield plain;
            }
            case Json.Null none -> "null";
            case Json.Raw raw -> "raw";
        };
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }
}
