// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintersTest {
    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whateverIsPrintedAsJsonReadsBackTheSame() {
        for (long seed = 1; seed <= 500; seed++) {
            Json tree = tree(new Random(seed), 4);
            assertThat(parse(JsonPrinter.compact(tree))).as("seed %d", seed).isEqualTo(tree);
            assertThat(parse(JsonPrinter.indented(tree))).as("seed %d", seed).isEqualTo(tree);
        }
    }

    private static Json tree(Random dice, int depth) {
        int kind = dice.nextInt(depth > 0 ? 8 : 5);
        if (kind == 0) {
            return Json.NULL;
        }
        if (kind == 1) {
            return Json.of(dice.nextBoolean());
        }
        if (kind == 2) {
            return new Json.Num(List.of("0", "-0", "1.0", "1e3", "12345678901234567890", "-1.50E-7")
                    .get(dice.nextInt(6)));
        }
        if (kind < 5) {
            return new Json.Str(text(dice));
        }
        if (kind < 7) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (int i = dice.nextInt(4); i > 0; i--) {
                members.put(text(dice), tree(dice, depth - 1));
            }
            return new Json.Obj(members);
        }
        List<Json> items = new ArrayList<>();
        for (int i = dice.nextInt(4); i > 0; i--) {
            items.add(tree(dice, depth - 1));
        }
        return new Json.Arr(items);
    }

    private static String text(Random dice) {
        String letters = "ab \"\\/\n\r\t\u0000\u001b\u007f\u0085ä€\u2028\u2029\ufeff😀:#-{}[]&*!|>'%@`,?";
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(6); i > 0; i--) {
            text.appendCodePoint(letters.codePointAt(
                    letters.offsetByCodePoints(0, dice.nextInt(letters.codePointCount(0, letters.length())))));
        }
        return text.toString();
    }

    @Test
    void noJsonAndNoYamlHoldsAControlCharacter() {
        Json.Str wild = new Json.Str("\u0000\u001b[31m\u007f\u0085\r");
        for (String printed : List.of(JsonPrinter.compact(wild), Yaml.of(wild).stripTrailing())) {
            assertThat(printed.chars()).allMatch(c -> c >= ' ' && (c < 0x7f || c > 0x9f));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a ",
                " a",
                "true",
                "True",
                "NO",
                "on",
                "y",
                "N",
                "null",
                "Null",
                "~",
                "nan",
                ".inf",
                "Infinity",
                "e",
                "1",
                "1e3",
                "0x1f",
                "0o17",
                "1_000",
                "-1",
                "+1",
                ".5",
                "2026-01-01",
                "12:30:45",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "- a",
                "-",
                "? a",
                "[a",
                "{a",
                "*a",
                "&a",
                "!a",
                "|",
                ">",
                "'a",
                "\"a",
                "%a",
                "@a",
                "`a",
                ",a",
                "a\nb",
                "a\tb",
                "=",
                "<<",
                "ä",
                "---",
                "...",
            })
    void aTextThatYamlCouldTakeForSomethingElseIsQuoted(String text) {
        assertThat(Yaml.of(new Json.Str(text))).startsWith("\"").endsWith("\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "app", "hvs.CAESIJ", "secret/data/app", "kv-v2", "a=b", "yes-no", "Truely"})
    void aPlainWordIsNotQuoted(String text) {
        assertThat(Yaml.of(new Json.Str(text))).isEqualTo(text + "\n");
    }

    @Test
    void yamlNestsByTwoBlanks() {
        Json tree = parse("""
                {"a":{"b":[1.10,{"c":"x","d":[]},[2,[3]],{}],"o":{}},"f":null,"g":[true],"1":"z"}""");
        assertThat(Yaml.of(tree)).isEqualTo("""
                a:
                  b:
                    - 1.10
                    - c: x
                      d: []
                    - - 2
                      - - 3
                    - {}
                  o: {}
                f: null
                g:
                  - true
                "1": z
                """);
        assertThat(Yaml.of(Json.EMPTY)).isEqualTo("{}\n");
        assertThat(Yaml.of(parse("[\"a\",\"b\"]"))).isEqualTo("- a\n- b\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1s",
        "59, 59s",
        "60, 1m",
        "61, 1m1s",
        "90, 1m30s",
        "3600, 1h",
        "3601, 1h0m1s",
        "5400, 1h30m",
        "2764800, 768h",
        "-90, -1m30s",
        "3661, 1h1m1s",
    })
    void aDurationIsShort(long seconds, String text) {
        assertThat(Scalars.duration(seconds)).isEqualTo(text);
    }

    @Test
    void columnsAreAsWideAsTheirLongestCell() {
        assertThat(new Table()
                        .head("A", "Bee", "C")
                        .row("long cell", "", "x")
                        .row("ü€😀", "b", "")
                        .toString())
                .isEqualTo(
                        "A            Bee    C\n-            ---    -\nlong cell    n/a    x\nü€😀          b      n/a\n");
    }

    @Test
    void aTitleIsAboutAsWideAsWhatStandsBelow() {
        assertThat(Table.title("Metadata", 24)).isEqualTo("======= Metadata =======\n");
        assertThat(Table.title("Data", 5)).isEqualTo("== Data ==\n");
        assertThat(Table.title("Data", 13)).isEqualTo("==== Data ====\n");
    }
}
