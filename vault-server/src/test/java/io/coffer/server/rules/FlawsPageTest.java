// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whether the tests that `docs/published-flaws.md` names are there.
class FlawsPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("\"([^\"]+)\"");

    private static List<String> rows() throws IOException {
        List<String> rows = Files.readAllLines(Source.ROOT.resolve("docs/published-flaws.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| flaw "))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows;
    }

    /// The last column of a row.
    private static String tests(String row) {
        String[] columns = row.split(" \\| ", -1);
        assertThat(columns).as(row).hasSize(4);
        return columns[3];
    }

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        for (String row : rows()) {
            List<MatchResult> named = TEST.matcher(tests(row)).results().toList();
            assertThat(named).as(row).isNotEmpty();
            for (MatchResult test : named) {
                assertThat(Source.ALL)
                        .as(test.group())
                        .anyMatch(source -> source.path().endsWith("/" + test.group(1) + ".java")
                                && source.text().contains("void " + test.group(2) + "("));
            }
        }
    }

    @Test
    void everyRowOfTheBehavioursThatThePageNamesIsThere() throws IOException {
        String behaviours = Files.readString(
                Source.ROOT.resolve("vault-server/src/test/resources/io/coffer/server/behaviours.txt"));
        for (String row : rows()) {
            ROW.matcher(tests(row)).results().forEach(title -> assertThat(behaviours)
                    .contains("== " + title.group(1) + "\n"));
        }
    }
}
