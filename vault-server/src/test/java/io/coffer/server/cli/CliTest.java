// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// How commands are found, and what the program says when none is.
class CliTest extends InSession {
    @Test
    void anUnknownCommandIs127() {
        for (String[] line : new String[][] {{"nope"}, {"kv", "nope"}, {"kv", "metadata", "nope"}, {"operator", "x"}}) {
            Ran ran = session.run(line);
            assertThat(ran.exit()).as(String.join(" ", line)).isEqualTo(127);
            assertThat(ran.err()).contains("Unknown command: " + String.join(" ", line), "Usage: coffer");
            assertThat(ran.out()).isEmpty();
        }
        assertThat(session.run().exit()).as("no command at all").isEqualTo(127);
        assertThat(session.run("kv").exit()).as("a group alone").isEqualTo(1);
    }

    @Test
    void helpNamesEveryCommandTheDaemonsToo() {
        for (String asking : new String[] {"-h", "-help", "--help"}) {
            Ran ran = session.run(asking);
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).startsWith("Usage: coffer COMMAND\n").contains("server", "status", "kv", "operator");
        }
        assertThat(session.run("operator", "-h").out()).contains("init", "unseal", "seal", "export");
        assertThat(session.run("kv", "metadata", "-h").out()).startsWith("Usage: coffer kv metadata COMMAND\n");
    }

    @Test
    void helpOfACommandNamesItsFlags() {
        for (String name : CatalogueTest.names()) {
            if (Catalogue.command(name).isEmpty()) {
                continue;
            }
            String[] line = (name + " -h").split(" ", -1);
            Ran ran = session.run(line);
            assertThat(ran.exit()).as(name).isZero();
            assertThat(ran.out())
                    .as(name)
                    .startsWith("Usage: coffer " + name + " [flags]")
                    .contains("-address=URL", "-ns");
            for (Flag flag : Catalogue.command(name).get().shape().flags()) {
                assertThat(ran.out()).as(name).contains("-" + flag.name());
            }
            assertThat(ran.out().lines()).as(name).allMatch(text -> text.length() <= 100);
        }
    }

    @Test
    void flagsComeAfterTheCommand() {
        Ran ran = session.run("-address=http://x", "status");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Flags come after the command");
    }

    @Test
    void theVersionIsTheProgramsOwn() {
        assertThat(session.run("version").out()).matches("Coffer v\\d+\\.\\d+\\.\\d+.*\n");
        assertThat(session.run("-version").out())
                .isEqualTo(session.run("version").out());
        assertThat(session.run("version", "-format=json").out()).startsWith("{\n  \"version\": \"");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void charactersThatWereLostOnTheWayAreRefusedAndNotStored() {
        Ran ran = session.run("kv", "put", "secret/app", "a=\ufffd");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("LC_ALL=C.UTF-8");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void tooManyAndTooFewWordsAreCounted() {
        assertThat(session.run("kv", "get").err()).isEqualTo("Not enough arguments (expected 1, got 0)\n");
        assertThat(session.run("kv", "get", "a", "b").err()).isEqualTo("Too many arguments (expected 1, got 2)\n");
        assertThat(session.run("write").err()).contains("expected 1 or more");
        assertThat(session.run("operator", "unseal", "a", "b").err()).contains("expected 0 to 1");
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        Ran ran = session.runInto(full, "version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot write");
    }

    @Test
    void completionIsAScriptThatBashReads() throws Exception {
        Ran ran = session.run("completion", "bash");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("enable-versioning", "-key-shares", "export", "complete -F");
        assertThat(session.run("completion", "zsh").out()).contains("bashcompinit");
        assertThat(session.run("completion", "fish").exit()).isEqualTo(1);
        Path script = Files.writeString(home.resolve("completion"), ran.out());
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        assertThat(completions(script, "coffer", "kv", "me")).contains("metadata");
        assertThat(completions(script, "coffer", "operator", "init", "-key-s")).contains("-key-shares");
    }

    /// What bash would offer after those words.
    private String completions(Path script, String... words) throws Exception {
        String line =
                "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE='" + String.join(" ", words) + "'; _complete_coffer; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", line)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
