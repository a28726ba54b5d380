// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.TestVault;
import io.coffer.core.hcl.HclException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordGeneratorTest {
    private static final String USUAL = """
            length = 20
            rule "charset" { charset = "abcdefghijklmnopqrstuvwxyz" min-chars = 1 }
            rule "charset" { charset = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" min-chars = 1 }
            rule "charset" { charset = "0123456789" min-chars = 1 }
            rule "charset" { charset = "!@#é" min-chars = 1 }
            """;

    private final SecureRandom random = TestVault.seeded(7);

    @Test
    void aPasswordKeepsTheRules() {
        for (int i = 0; i < 1_000; i++) {
            String password = generator(USUAL).generate(random);
            assertThat(password.codePointCount(0, password.length())).isEqualTo(20);
            assertThat(password).matches("[a-zA-Z0-9!@#é]*");
            assertThat(password)
                    .containsPattern("[a-z]")
                    .containsPattern("[A-Z]")
                    .containsPattern("[0-9]");
            assertThat(password).containsPattern("[!@#é]");
        }
    }

    /// Every good password of a small rule, counted: none is likelier than another, whichever way it is drawn.
    @Test
    void everyGoodPasswordIsAsLikelyAsEveryOther() {
        for (String text : List.of(
                rules(4, "ab", 1, "bc", 1),
                rules(4, "a", 2, "bc", 1),
                rules(4, "abc", 0),
                rules(4, "a", 3, "bcd", 0))) {
            PasswordRules rules = PasswordRules.parse(text);
            List<String> good = new ArrayList<>();
            collect("", rules, good);
            Map<String, Integer> drawn = new HashMap<>();
            Map<String, Integer> counted = new HashMap<>();
            PasswordGenerator generator = new PasswordGenerator(rules);
            PasswordCount count = PasswordCount.of(rules, characters(rules)).orElseThrow();
            int each = 400;
            for (int i = 0; i < each * good.size(); i++) {
                drawn.merge(generator.generate(random), 1, Integer::sum);
                counted.merge(count.draw(random).orElseThrow(), 1, Integer::sum);
            }
            for (Map<String, Integer> found : List.of(drawn, counted)) {
                assertThat(found.keySet()).as(text).containsExactlyInAnyOrderElementsOf(good);
                assertThat(found.values()).as(text).allMatch(number -> number > each / 2 && number < 2 * each);
            }
        }
    }

    @Test
    void rulesThatFewPasswordsKeepAreKeptToo() {
        PasswordGenerator narrow = generator(rules(20, "0123456789", 17, "abcdefghijklmnopqrstuvwxyz", 3));
        assertThat(narrow.works(random)).isTrue();
        assertThat(narrow.generate(random)).matches("([0-9]*[a-z]){3}[0-9]*");
        assertThat(generator(rules(4, "a", 4, "bc", 0)).generate(random)).isEqualTo("aaaa");
    }

    @Test
    void impossibleRulesAreFound() {
        assertThat(generator(rules(4, "a", 3, "b", 2)).works(random)).isFalse();
        assertThat(generator(rules(4, "a", 5)).works(random)).isFalse();
        assertThat(generator(rules(4, "ab", 4, "bc", 4)).generate(random)).isEqualTo("bbbb");
        assertThat(generator(rules(100, "a", 1_000_000)).works(random)).isFalse();
    }

    @Test
    void rulesThatAskForTooMuchAtOnceAreFoundInTime() {
        StringBuilder text = new StringBuilder("length = 100\n");
        for (int i = 0; i < 10; i++) {
            text.append("rule \"charset\" { charset = \"")
                    .append((char) ('a' + i))
                    .append("\" min-chars = 10 }\n");
        }
        assertThat(generator(text.toString()).works(random)).isFalse();
    }

    @Test
    void theJsonFormSaysTheSame() {
        assertThat(PasswordRules.parse("{\"length\": 8, \"rule\": [{\"charset\": {\"charset\": \"ab\","
                        + " \"min-chars\": 1}}, {\"charset\": {\"charset\": \"c\"}}]}"))
                .isEqualTo(PasswordRules.parse(rules(8, "ab", 1, "c", 0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            length = 20                                                    | expected a rule "charset"
            rule "charset" { charset = "a" }                               | expected length
            ~length = "x"\nrule "charset" { charset = "a" }~              | length: expected a whole number
            ~length = 20\nrule "words" { charset = "a" }~                 | a rule of another kind
            ~length = 20\nrule "charset" { }~                             | expected charset
            ~length = 20\nrule "charset" { charset = "" }~                | text that is not empty
            ~length = 20\nrule "charset" { charset = "a\\n" }~          | characters that can be printed
            ~length = 20\nrule "charset" { charset = "a" min-chars = -1 }~| min-chars: expected a whole number
            ~length = 20\nrule "charset" { charset = "a" most = 1 }~      | unknown key
            ~size = 20\nrule "charset" { charset = "a" }~                 | unknown key
            """)
    void whatIsWrongIsNamedWithItsPlace(String text, String problem) {
        assertThatThrownBy(() -> PasswordRules.parse(text))
                .isInstanceOf(HclException.class)
                .hasMessageMatching("line [12], column \\d+: .*")
                .hasMessageContaining(problem);
    }

    private static PasswordGenerator generator(String text) {
        return new PasswordGenerator(PasswordRules.parse(text));
    }

    /// @param sets characters and how many at least, in turn
    private static String rules(int length, Object... sets) {
        StringBuilder text = new StringBuilder("length = " + length + "\n");
        for (int i = 0; i < sets.length; i += 2) {
            text.append("rule \"charset\" {\n  charset = \"").append(sets[i]).append("\"\n  min-chars = ");
            text.append(sets[i + 1]).append("\n}\n");
        }
        return text.toString();
    }

    private static List<Integer> characters(PasswordRules rules) {
        return rules.sets().stream()
                .flatMap(set -> set.characters().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static void collect(String begun, PasswordRules rules, List<String> good) {
        if (begun.length() == rules.length()) {
            boolean kept = rules.sets().stream()
                    .allMatch(set -> begun.chars()
                                    .filter(c -> set.characters().contains(c))
                                    .count()
                            >= set.least());
            Optional.of(begun).filter(password -> kept).ifPresent(good::add);
            return;
        }
        characters(rules).forEach(c -> collect(begun + (char) (int) c, rules, good));
    }
}
