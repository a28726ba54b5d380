// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whether `docs/architecture.md` is true to the code, as far as a program can tell.
class ArchitectureTest {
    private static final List<String> MODULES = List.of("io.coffer.core.", "io.coffer.server.");

    @Test
    void thePageHasARowForEveryPackageAndForNoneThatIsGone() throws IOException {
        assertThat(rows()).containsExactlyElementsOf(packages());
    }

    /// What stands in the first column of its tables, but for the modules.
    private static Set<String> rows() throws IOException {
        Pattern name = Pattern.compile("`([a-z.]+)`");
        return Files.readAllLines(Source.ROOT.resolve("docs/architecture.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line ->
                        name.matcher(line.substring(0, line.indexOf(" | "))).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> packages() {
        return Source.main()
                .map(Source::packageName)
                .flatMap(name ->
                        MODULES.stream().filter(name::startsWith).map(module -> name.substring(module.length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
