// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every file begins with, and what none may hold.
class SourceTest {
    private static final String LICENSE = "SPDX-License-Identifier: Apache-2.0";

    /// Put together from halves, so that this file does not offend.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");

    @Test
    void everyJavaFileBeginsWithItsLicense() {
        assertThat(Source.ALL.stream()
                        .filter(source -> !source.text().startsWith("// " + LICENSE + "\n"))
                        .map(Source::path))
                .isEmpty();
    }

    @Test
    void everyScriptAndEveryPomNamesItsLicense() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("scripts", ".ci")) {
            try (Stream<Path> found = Files.walk(Source.ROOT.resolve(folder))) {
                found.filter(file ->
                                Files.isRegularFile(file) && !file.toString().contains("__pycache__"))
                        .forEach(files::add);
            }
        }
        for (String pom : List.of("", "vault-core", "vault-storage", "vault-server")) {
            files.add(Source.ROOT.resolve(pom).resolve("pom.xml"));
        }
        for (Path file : files) {
            // Neither has comments.
            if (!file.toString().endsWith(".json") && !file.toString().endsWith("go.sum")) {
                assertThat(Files.readString(file).lines().limit(3))
                        .as(file.toString())
                        .anyMatch(line -> line.contains(LICENSE));
            }
        }
    }

    @Test
    void nothingIsLeftToBeDoneLater() {
        assertThat(lines(UNFINISHED.asPredicate())).isEmpty();
    }

    /// The formatter breaks a long line of a doc comment into a plain one, which then ends the doc comment.
    @Test
    void noDocCommentBreaksOff() {
        List<String> found = new ArrayList<>();
        for (Source source : Source.ALL) {
            List<String> lines = source.lines();
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i - 1).strip().startsWith("///")
                        && lines.get(i).strip().startsWith("// ")) {
                    found.add(source.path() + ":" + (i + 1));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> lines(Predicate<String> offence) {
        List<String> found = new ArrayList<>();
        for (Source source : Source.ALL) {
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (offence.test(lines.get(i))) {
                    found.add(source.path() + ":" + (i + 1));
                }
            }
        }
        return found;
    }
}
