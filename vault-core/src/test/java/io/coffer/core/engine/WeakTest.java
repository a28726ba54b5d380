// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WeakTest {
    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Checks lines of a value and what it becomes in a field of the type.
    private static void check(Field.Type type, String table) {
        for (String line : table.strip().lines().toList()) {
            int arrow = line.lastIndexOf(" -> ");
            String value = line.substring(0, arrow).strip();
            assertThat(show(Weak.convert(type, parse(value))))
                    .as("%s from %s", type, value)
                    .isEqualTo(line.substring(arrow + 4).strip());
        }
        assertThat(Weak.convert(type, Json.NULL)).isEqualTo(new Weak.Absent());
    }

    private static String show(Weak.Outcome outcome) {
        return switch (outcome) {
            case Weak.Fits(var value) -> new String(JsonText.write(value), StandardCharsets.UTF_8);
            case Weak.Absent none -> "nothing";
            case Weak.Misfit reason -> "refused";
        };
    }

    @Test
    void textTakesNumbersAndFlags() {
        check(Field.Type.TEXT, """
                "a" -> "a"
                "" -> ""
                1.50 -> "1.50"
                true -> "1"
                false -> "0"
                [] -> refused
                {} -> refused
                ["a"] -> refused
                """);
    }

    @Test
    void wholeNumbersTakeTextAndFlags() {
        check(Field.Type.NUMBER, """
                5 -> 5
                "5" -> 5
                "-5" -> -5
                "+5" -> 5
                "" -> 0
                true -> 1
                false -> 0
                -0 -> 0
                9223372036854775807 -> 9223372036854775807
                -9223372036854775808 -> -9223372036854775808
                9223372036854775808 -> refused
                "99999999999999999999999" -> refused
                5.0 -> refused
                1e1 -> refused
                "5.0" -> refused
                "0x10" -> refused
                "010" -> refused
                "1_0" -> refused
                " 5" -> refused
                "٥" -> refused
                "-" -> refused
                [5] -> refused
                {} -> refused
                """);
    }

    @Test
    void flagsTakeWhatClientsWrite() {
        for (String yes : new String[] {"true", "1", "\"1\"", "\"t\"", "\"T\"", "\"true\"", "\"TRUE\"", "\"True\""}) {
            check(Field.Type.FLAG, yes + " -> true");
        }
        for (String no : new String[] {"false", "0", "\"0\"", "\"f\"", "\"F\"", "\"false\"", "\"False\"", "\"\""}) {
            check(Field.Type.FLAG, no + " -> false");
        }
        check(Field.Type.FLAG, """
                2 -> refused
                "yes" -> refused
                "tRuE" -> refused
                1.0 -> refused
                [] -> refused
                {} -> refused
                """);
    }

    @Test
    void durationsBecomeSeconds() {
        check(Field.Type.DURATION, """
                90 -> 90
                "90" -> 90
                "1h30m" -> 5400
                "1.5h" -> 5400
                "7d" -> 604800
                "" -> 0
                0 -> 0
                "1500ms" -> 1
                -1 -> refused
                "-1h" -> refused
                1.5 -> refused
                1e3 -> refused
                "1d12h" -> refused
                "x" -> refused
                true -> refused
                [] -> refused
                99999999999999 -> refused
                """);
        check(Field.Type.SIGNED_DURATION, """
                -1 -> -1
                "-1h" -> -3600
                "-1500ms" -> -1
                60 -> 60
                "-x" -> refused
                """);
        assertThat(Weak.convert(Field.Type.DURATION, parse("-12345")))
                .isEqualTo(new Weak.Misfit("cannot provide negative value"));
    }

    @Test
    void timesBecomeTimestamps() {
        check(Field.Type.TIME, """
                "2026-03-04T05:06:07.120+01:00" -> "2026-03-04T04:06:07.12Z"
                0 -> "1970-01-01T00:00:00Z"
                "1772600767" -> "2026-03-04T05:06:07Z"
                "" -> nothing
                -1 -> refused
                1.5 -> refused
                999999999999 -> refused
                "2026-03-04" -> refused
                true -> refused
                [] -> refused
                """);
    }

    @Test
    void listsTakeOneValueAndTextsWithCommas() {
        check(Field.Type.TEXTS, """
                ["a"," b ",1,true] -> ["a","b","1","1"]
                "a, b ,,c" -> ["a","b","c"]
                "" -> []
                [] -> []
                5 -> ["5"]
                ["a,b"] -> ["a,b"]
                [["a"]] -> refused
                [null] -> refused
                {} -> refused
                [{}] -> refused
                """);
        check(Field.Type.NUMBERS, """
                [1,"2"] -> [1,2]
                "1, 2" -> [1,2]
                7 -> [7]
                "" -> []
                [] -> []
                [" 3 "] -> [3]
                [1.5] -> refused
                "a" -> refused
                {} -> refused
                [null] -> refused
                """);
    }

    @Test
    void objectsAndTextMapsAreTaken() {
        check(Field.Type.OBJECT, """
                {"a":[1.0,null]} -> {"a":[1.0,null]}
                [] -> {}
                [1] -> refused
                "" -> refused
                1 -> refused
                true -> refused
                """);
        check(Field.Type.TEXT_MAP, """
                {"b":"x","a":2} -> {"b":"x","a":"2"}
                ["k=v","l=","m=a=b"] -> {"k":"v","l":"","m":"a=b"}
                "k=v" -> {"k":"v"}
                {"a":null} -> {}
                [] -> {}
                {"a":{}} -> refused
                {"a":[1]} -> refused
                ["k"] -> refused
                ["=v"] -> refused
                [1] -> refused
                1 -> refused
                """);
    }

    @Test
    void anyValueStaysAsItIsAndASecretIsNoneOfThem() {
        check(Field.Type.ANY, """
                [1.0,{"a":null}] -> [1.0,{"a":null}]
                "x" -> "x"
                """);
        check(Field.Type.SECRET, """
                5 -> refused
                [] -> refused
                """);
    }

    @Test
    void limitsAreNotNegativeAndMaxIsAll() {
        check(Field.Type.LIMIT, """
                5 -> 5
                "5" -> 5
                "max" -> 0
                0 -> 0
                "" -> 0
                -1 -> refused
                "MAX" -> refused
                "all" -> refused
                """);
    }

    @Test
    void noRefusalHoldsTheValue() {
        for (Field.Type type : Field.Type.values()) {
            for (String value :
                    new String[] {"\"hunter2x\"", "[\"hunter2x\",{}]", "{\"hunter2x\":{\"hunter2x\":[]}}", "-7777777e9"
                    }) {
                if (Weak.convert(type, parse(value)) instanceof Weak.Misfit(var reason)) {
                    assertThat(reason).as("%s", type).doesNotContain("hunter2x").doesNotContain("7777777");
                }
            }
        }
    }
}
