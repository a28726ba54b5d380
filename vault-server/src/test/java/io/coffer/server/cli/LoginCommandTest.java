// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginCommandTest extends InSession {
    @BeforeEach
    void start() {
        session.env.remove("VAULT_TOKEN");
        session.whenData("GET auth/token/lookup-self", """
                {"id":"hvs.new","accessor":"acc","ttl":0,"renewable":false,"policies":["root"],"meta":null,"orphan":true}""");
    }

    private Path file() {
        return home.resolve(".vault-token");
    }

    @Test
    void aTokenFromThePromptIsProvedAndKeptForItsOwnerAlone() throws Exception {
        session.inputIsTerminal = true;
        session.typed.add("hvs.new ");
        Ran ran = session.run("login");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(session.prompts).isEqualTo("Token (will be hidden): ");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.new");
        assertThat(ran.out())
                .startsWith("Success! You are now authenticated.")
                .containsPattern("token +hvs.new\n")
                .containsPattern("token_duration +∞\n")
                .containsPattern("policies +\\[\"root\"]\n");
        assertThat(ran.err()).isEmpty();
        assertThat(Files.readString(file())).isEqualTo("hvs.new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(home).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void laterCommandsUseIt() {
        session.input = "hvs.new\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("login", "-no-print", "-")).isEqualTo(new Ran(0, "", ""));
        session.run("read", "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.new");
        assertThat(session.run("print", "token").out()).isEqualTo("hvs.new\n");
        session.env.put("VAULT_TOKEN", "hvs.env");
        session.run("read", "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.env");
        assertThat(session.run("print", "token").out()).isEqualTo("hvs.env\n");
    }

    @Test
    void aTokenAsAnArgumentIsTakenWithAWarning() throws Exception {
        for (String argument : new String[] {"hvs.new", "token=hvs.new"}) {
            Ran ran = session.run("login", argument);
            assertThat(ran.exit()).isZero();
            assertThat(ran.err()).contains("WARNING").doesNotContain("hvs.new");
            assertThat(Files.readString(file())).isEqualTo("hvs.new");
        }
    }

    @Test
    void aTokenThatTheVaultRefusesIsNotKept() throws Exception {
        Files.writeString(file(), "hvs.old");
        session.when("GET auth/token/lookup-self", 403, "{\"errors\":[\"permission denied\"]}");
        session.input = "hvs.bad".getBytes(StandardCharsets.US_ASCII);
        Ran ran = session.run("login", "-");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("Error authenticating: Error making API request.")
                .doesNotContain("hvs.bad");
        assertThat(Files.readString(file())).isEqualTo("hvs.old");
    }

    @Test
    void nothingIsKeptWhereThatIsNotWanted() {
        session.input = "hvs.new".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("login", "-no-store", "-").out()).contains("set VAULT_TOKEN to use it");
        assertThat(session.run("login", "-token-only", "-")).isEqualTo(new Ran(0, "hvs.new", ""));
        assertThat(session.run("login", "-no-store", "-field=token_accessor", "-")
                        .out())
                .isEqualTo("acc");
        assertThat(file()).doesNotExist();
    }

    @Test
    void asJsonItIsAnEnvelopeWithTheToken() {
        session.input = "hvs.new".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("login", "-format=json", "-").out())
                .startsWith("{\n  \"request_id\"")
                .contains("\"client_token\": \"hvs.new\"");
    }

    @Test
    void aTokenInTheEnvironmentHidesTheNewOneAndThatIsSaid() {
        session.env.put("VAULT_TOKEN", "hvs.env");
        session.input = "hvs.new".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("login", "-").err()).contains("VAULT_TOKEN");
    }

    @Test
    void whatCannotStandInAHeaderIsNoToken() {
        for (String token : new String[] {"", " ", "a b", "a\nb", "a\r\nX-Evil: 1", "a\u007fb", "a\u0000"}) {
            session.input = token.getBytes(StandardCharsets.UTF_8);
            Ran ran = session.run("login", "-");
            assertThat(ran.exit()).as(token).isEqualTo(1);
        }
        session.env.put("VAULT_TOKEN", "a\nb");
        Ran ran = session.run("read", "x");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).doesNotContain("a\nb");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void aScriptWithoutAPasswordIsToldHowToGiveIt() {
        Ran ran = session.run("login", "-method=userpass", "username=x");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("give password=-");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void anotherPathOfTheMethodIsUsed() {
        session.whenData("GET auth/my-token/lookup-self", "{\"id\":\"hvs.new\"}");
        session.input = "hvs.new".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("login", "-path=my-token/", "-").exit()).isZero();
    }
}
