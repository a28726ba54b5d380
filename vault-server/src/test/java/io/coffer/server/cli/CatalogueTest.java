// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    /// Those that run in the daemon's half of the program.
    private static final Set<String> NOT_THE_CLIENTS = Set.of("server", "operator export");

    static List<String> names() {
        return below("");
    }

    private static List<String> below(String group) {
        List<String> names = new ArrayList<>();
        for (Catalogue.Entry entry : Catalogue.in(group)) {
            if (Catalogue.isGroup(entry.name())) {
                names.addAll(below(entry.name()));
            } else {
                names.add(entry.name());
            }
        }
        return names;
    }

    @Test
    void everyCommandThatIsListedCanBeCreatedAndTellsWhatItDoes() {
        assertThat(names()).hasSizeGreaterThan(25).doesNotHaveDuplicates();
        for (String name : names()) {
            assertThat(Catalogue.command(name).isPresent()).as(name).isEqualTo(!NOT_THE_CLIENTS.contains(name));
            assertThat(Catalogue.summary(name)).as(name).hasValueSatisfying(text -> assertThat(text)
                    .isNotBlank());
        }
    }

    @Test
    void theHelpOfEveryCommandFitsAScreenAndBreaksNoWord(@TempDir Path home) throws IOException {
        try (Session session = new Session(home)) {
            for (String name : names()) {
                Command command = Catalogue.command(name).orElse(null);
                if (command != null) {
                    String help = session.run((name + " -h").split(" ")).out();
                    assertThat(help.lines()).as(name).allSatisfy(line -> assertThat(line)
                            .hasSizeLessThanOrEqualTo(100));
                    assertThat(List.of(help.split("\\s+")))
                            .as(name)
                            .contains(command.shape().about().split("\\s+"));
                }
            }
        }
    }

    @Test
    void whatIsNoCommandIsNone() {
        for (String name : List.of("", "kv", "kv nothing", "nothing", "kv  get", "KV get")) {
            assertThat(Catalogue.command(name)).as(name).isEmpty();
            assertThat(Catalogue.isCommand(name)).as(name).isFalse();
        }
    }
}
