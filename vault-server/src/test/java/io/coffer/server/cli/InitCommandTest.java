// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InitCommandTest extends InSession {
    private static final String MADE = """
            {"keys":["00ff","11ee"],"keys_base64":["AP8=","Ee4="],"root_token":"hvs.root"}""";

    @BeforeEach
    void start() {
        session.when("PUT sys/init", 200, MADE);
    }

    @Test
    void sharesAndRootTokenStandOnTheLinesThatScriptsReadAndNowhereElse() {
        Ran ran = session.run("operator", "init");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("Unseal Key 1: AP8=\nUnseal Key 2: Ee4=\n\nInitial Root Token: hvs.root\n\n")
                .contains("5 key shares, and 3 of them");
        assertThat(ran.err()).isEmpty();
        assertThat(session.last().body()).isEqualTo("{\"secret_shares\":5,\"secret_threshold\":3}");
        assertThat(session.last().headers()).doesNotContainKey("x-vault-token");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void numbersComeFromFlags() {
        session.run("operator", "init", "-key-shares=1", "--key-threshold", "1");
        assertThat(session.last().body()).isEqualTo("{\"secret_shares\":1,\"secret_threshold\":1}");
        session.run("operator", "init", "-n", "7", "-t=4");
        assertThat(session.last().body()).isEqualTo("{\"secret_shares\":7,\"secret_threshold\":4}");
        assertThat(session.run("operator", "init", "-key-shares=x").exit()).isEqualTo(1);
        assertThat(session.run("operator", "init", "-key-shares=-1").exit()).isEqualTo(1);
    }

    @Test
    void asJsonItHasTheMembersThatScriptsRead() {
        assertThat(session.run("operator", "init", "-format=json").out())
                .contains(
                        "\"unseal_keys_b64\": [\n    \"AP8=\"",
                        "\"unseal_keys_hex\": [\n    \"00ff\"",
                        "\"unseal_shares\": 5",
                        "\"unseal_threshold\": 3",
                        "\"recovery_keys_b64\": []",
                        "\"root_token\": \"hvs.root\"");
        assertThat(session.run("operator", "init", "-format=yaml").out()).contains("root_token: hvs.root\n");
    }

    @Test
    void pgpKeysAreReadFromFilesInWhateverForm() throws Exception {
        byte[] key = {(byte) 0x99, 1, 2, 3, 4, 5};
        String base64 = Base64.getEncoder().encodeToString(key);
        Path binary = Files.write(home.resolve("binary"), key);
        Path text = Files.writeString(home.resolve("text"), base64 + "\n");
        Path armored = Files.writeString(
                home.resolve("armored"),
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: x\n\n" + base64.substring(0, 4) + "\n"
                        + base64.substring(4) + "\n=AbCd\n-----END PGP PUBLIC KEY BLOCK-----\n");
        Ran ran = session.run(
                "operator",
                "init",
                "-key-shares=3",
                "-pgp-keys=" + binary + "," + text,
                "-pgp-keys=@" + armored,
                "-root-token-pgp-key=" + armored);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(session.last().body())
                .contains("\"pgp_keys\":[\"" + base64 + "\",\"" + base64 + "\",\"" + base64 + "\"]")
                .contains("\"root_token_pgp_key\":\"" + base64 + "\"");
    }

    @Test
    void whatIsNoPublicKeyIsRefusedBeforeAnythingIsSent() throws Exception {
        String[] contents = {
            "",
            "hello",
            "AAAA",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ==\n",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nmQ==\n-----END PGP PRIVATE KEY BLOCK-----\n",
        };
        for (String content : contents) {
            Path file = Files.writeString(home.resolve("key"), content);
            Ran ran = session.run("operator", "init", "-pgp-keys=" + file);
            assertThat(ran.exit()).as(content).isEqualTo(1);
            assertThat(ran.err()).contains(file.toString());
        }
        assertThat(session.run("operator", "init", "-pgp-keys=" + home.resolve("missing"))
                        .exit())
                .isEqualTo(1);
        Ran keybase = session.run("operator", "init", "-pgp-keys=keybase:somebody");
        assertThat(keybase.exit()).isEqualTo(1);
        assertThat(keybase.err()).contains("export the key to a file");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void theStatusIsAnExitCode() {
        session.when("GET sys/init", 200, "{\"initialized\":true}");
        assertThat(session.run("operator", "init", "-status").exit()).isZero();
        session.when("GET sys/init", 200, "{\"initialized\":false}");
        assertThat(session.run("operator", "init", "-status").exit()).isEqualTo(2);
        session.when("GET sys/init", 500, "{}");
        assertThat(session.run("operator", "init", "-status").exit()).isEqualTo(1);
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheField() {
        session.when("PUT sys/init", 400, "{\"errors\":[\"Vault is already initialized\"]}");
        Ran ran = session.run("operator", "init");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("Error initializing: Error making API request.\n\nURL: PUT " + session.address()
                        + "/v1/sys/init\nCode: 400. Errors:\n\n* Vault is already initialized\n");
    }
}
