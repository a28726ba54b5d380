// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Where the token of later commands comes from.
class TokensTest {
    private final Map<String, String> env = new HashMap<>();

    @TempDir
    Path home;

    @BeforeEach
    void start() {
        env.put("HOME", home.toString());
    }

    private Tokens tokens() {
        return new Tokens(new Env(env));
    }

    private Optional<String> current() {
        return tokens().current().map(token -> new String(token.bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void withoutAnyThereIsNone() throws Exception {
        assertThat(current()).isEmpty();
        Files.writeString(home.resolve(".vault-token"), "\n");
        assertThat(current()).isEmpty();
    }

    @Test
    void theEnvironmentBeatsTheFileAndOneNameTheOther() throws Exception {
        Files.writeString(home.resolve(".vault-token"), "file\n");
        assertThat(current()).contains("file");
        env.put("VAULT_TOKEN", "vault");
        assertThat(current()).contains("vault");
        env.put("BAO_TOKEN", "bao");
        assertThat(current()).contains("bao");
        env.put("BAO_TOKEN", "");
        assertThat(current()).as("set and empty hides the other name").contains("file");
    }

    @Test
    void theFileMayLieElsewhere() throws Exception {
        Path other = Files.writeString(home.resolve("other"), "elsewhere");
        env.put("BAO_TOKEN_PATH", other.toString());
        assertThat(current()).contains("elsewhere");
        tokens().store(Token.of("stored"));
        assertThat(Files.readString(other)).isEqualTo("stored");
        env.put("BAO_TOKEN_PATH", "a\u0000b");
        assertThatThrownBy(this::current).isInstanceOf(Failure.class);
    }

    @Test
    void storingReplacesAFileWithLooserPermissionsAndALink() throws Exception {
        Path target = Files.writeString(home.resolve("target"), "precious");
        Files.createSymbolicLink(home.resolve(".vault-token"), target);
        tokens().store(Token.of("hvs.x"));
        assertThat(Files.readString(target))
                .as("the link is replaced, not followed")
                .isEqualTo("precious");
        Files.setPosixFilePermissions(home.resolve(".vault-token"), PosixFilePermissions.fromString("rw-r--r--"));
        tokens().store(Token.of("hvs.y"));
        assertThat(Files.readString(home.resolve(".vault-token"))).isEqualTo("hvs.y");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".vault-token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoTokenIsRefused() throws Exception {
        Files.writeString(home.resolve(".vault-token"), "two words");
        assertThatThrownBy(this::current).isInstanceOf(Failure.class).hasMessageNotContaining("two words");
        Files.write(home.resolve(".vault-token"), new byte[100_000]);
        assertThatThrownBy(this::current).isInstanceOf(Failure.class);
        Files.delete(home.resolve(".vault-token"));
        Files.createDirectory(home.resolve(".vault-token"));
        assertThatThrownBy(this::current).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new TokenFile(home.resolve("no/such/folder/token")).store(Token.of("x")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no/such/folder");
    }

    @Test
    void erasingIsDoneOnce() {
        TokenFile file = new TokenFile(home.resolve("t"));
        file.store(Token.of("x"));
        file.erase();
        file.erase();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramOfTheUsersMayKeepIt() throws Exception {
        Path program = home.resolve("my helper");
        Files.writeString(
                program,
                "#!/bin/sh\ncd \"" + home + "\"\ncase $1 in\n"
                        + "get) [ -f kept ] && cat kept; exit 0;;\nstore) cat >kept;;\nerase) rm -f kept;;\nesac\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home.resolve(".vault"), "# mine\ntoken_helper = \"" + program + "\"\n");
        assertThat(current()).isEmpty();
        tokens().store(Token.of("hvs.helped"));
        assertThat(Files.readString(home.resolve("kept"))).isEqualTo("hvs.helped");
        assertThat(current()).contains("hvs.helped");
        assertThat(home.resolve(".vault-token")).doesNotExist();
        new TokenProgram(program.toString()).erase();
        assertThat(current()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramThatFailsIsToldByName() throws Exception {
        assertThatThrownBy(() -> new TokenProgram(home.resolve("missing").toString()).get())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> new TokenProgram("/bin/false").store(Token.of("hvs.secret")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("/bin/false")
                .hasMessageNotContaining("hvs.secret");
    }

    @Test
    void theConfigurationHasOneKey() throws Exception {
        Path config = Files.writeString(home.resolve("config"), "{\"token_helper\": \"/bin/x\"}");
        env.put("VAULT_CONFIG_PATH", config.toString());
        assertThat(new ClientConfig(new Env(env)).tokenHelper()).contains("/bin/x");
        Files.writeString(config, "");
        assertThat(new ClientConfig(new Env(env)).tokenHelper()).isEmpty();
        for (String bad : new String[] {"other = \"x\"", "token_helper = 1", "token_helper {}", "token_helper", "{"}) {
            Files.writeString(config, bad);
            assertThatThrownBy(() -> new ClientConfig(new Env(env)).tokenHelper())
                    .as(bad)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("VAULT_CONFIG_PATH");
        }
        env.put("VAULT_CONFIG_PATH", home.resolve("missing").toString());
        assertThatThrownBy(() -> new ClientConfig(new Env(env)).tokenHelper()).isInstanceOf(Failure.class);
    }
}
