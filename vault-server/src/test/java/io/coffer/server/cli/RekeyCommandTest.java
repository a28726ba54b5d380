// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RekeyCommandTest extends InSession {
    private static final String SHARE = "c2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2g=";
    private static final String NONCE = "11111111-2222-3333-4444-555555555555";

    @BeforeEach
    void start() {
        session.when("GET sys/rekey/init", 200, status(true, 1));
        session.when("PUT sys/rekey/init", 200, status(true, 0));
        session.when("PUT sys/rekey/update", 200, status(true, 2));
    }

    private static String status(boolean started, int progress) {
        return "{\"nonce\":\"" + (started ? NONCE : "") + "\",\"started\":" + started + ",\"t\":2,\"n\":4,\"progress\":"
                + progress + ",\"required\":3,\"pgp_fingerprints\":null,\"backup\":false,"
                + "\"verification_required\":true,\"started_by\":\"token ann\"}";
    }

    @Test
    void aScriptGetsWhatItAsksForAndTheRowsThatItLooksFor() {
        Ran ran = session.run("operator", "rekey", "-init", "-key-shares=4", "-key-threshold=2");
        assertThat(ran.exit()).isZero();
        assertThat(session.last().body())
                .isEqualTo("{\"secret_shares\":4,\"secret_threshold\":2,\"require_verification\":false}");
        assertThat(ran.out())
                .containsPattern("Nonce +" + NONCE)
                .containsPattern("Started +true")
                .containsPattern("Progress +0/3")
                .containsPattern("New Shares +4")
                .containsPattern("New Threshold +2")
                .containsPattern("Verification Required +true");
    }

    @Test
    void atATerminalTheNewSharesAreProvedUnlessThatIsTurnedOff() {
        session.inputIsTerminal = true;
        session.run("operator", "rekey", "-init");
        assertThat(session.last().body()).contains("\"require_verification\":true");
        session.run("operator", "rekey", "-init", "-verify=false");
        assertThat(session.last().body()).contains("\"require_verification\":false");
    }

    @Test
    void aPersonSeesWhatTheShareIsForBeforeItIsSent() {
        session.inputIsTerminal = true;
        session.typed.add("n");
        Ran refused = session.run("operator", "rekey");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("token ann", "New Threshold", "no share was sent");
        assertThat(session.last().method()).isEqualTo("GET");
        session.typed.add("y");
        session.typed.add(SHARE);
        Ran agreed = session.run("operator", "rekey");
        assertThat(agreed.exit()).isZero();
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"nonce\":\"" + NONCE + "\"}");
    }

    @Test
    void aShareIsSentForTheNonceThatWasNamedAndForNoOther() {
        session.input = (SHARE + "\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("operator", "rekey", "-").err()).contains("-nonce");
        assertThat(session.run("operator", "rekey", "-nonce=other", "-").exit()).isZero();
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"nonce\":\"other\"}");
    }

    @Test
    void theNewSharesStandInTheLinesThatScriptsLookFor() {
        session.when(
                "PUT sys/rekey/update",
                200,
                "{\"nonce\":\"" + NONCE + "\",\"complete\":true,\"keys\":[\"00\"],\"keys_base64\":[\"AAAA\",\"BBBB\"],"
                        + "\"pgp_fingerprints\":null,\"backup\":false,\"verification_required\":false}");
        Ran ran = session.run("operator", "rekey", "-nonce=" + NONCE, SHARE);
        assertThat(ran.out()).startsWith("Key 1: AAAA\nKey 2: BBBB\n\nOperation nonce: " + NONCE + "\n");
    }

    @Test
    void whenAnothersShareWasTheLastTheStarterCollects() {
        session.when("PUT sys/rekey/update", 200, status(true, 3));
        assertThat(session.run("operator", "rekey", "-nonce=" + NONCE, SHARE).err())
                .contains("-collect");
        session.run("operator", "rekey", "-collect");
        assertThat(session.last().body()).isEqualTo("{\"nonce\":\"" + NONCE + "\"}");
    }

    @Test
    void aProofGoesToItsOwnPath() {
        String proof = "{\"nonce\":\"" + NONCE + "\",\"started\":true,\"t\":2,\"n\":4,\"progress\":0,\"required\":2}";
        session.when("GET sys/rekey/verify", 200, proof);
        session.when("PUT sys/rekey/verify", 200, "{\"nonce\":\"" + NONCE + "\",\"complete\":true}");
        assertThat(session.run("operator", "rekey", "-verify", "-status").out())
                .containsPattern("Verification Nonce +" + NONCE)
                .containsPattern("Verification Progress +0/2");
        assertThat(session.run("operator", "rekey", "-verify", "-nonce=" + NONCE, SHARE)
                        .out())
                .contains("proved");
    }

    @Test
    void holdersAreNamedWithTheirPublicKeysAndNeverWithPrivateOnes() throws Exception {
        Path age = Files.writeString(home.resolve("ada"), "age1example\n");
        session.run("operator", "rekey", "-init", "-share-holder=Ada=" + age, "-key-threshold=1");
        assertThat(session.last().body())
                .contains("\"secret_shares\":1", "\"share_holders\":[{\"name\":\"Ada\",\"key\":\"age1example\"}]");
        Path secret = Files.writeString(home.resolve("secret"), "AGE-SECRET-KEY-1EXAMPLE\n");
        Ran ran = session.run("operator", "rekey", "-init", "-share-holder=Ada=" + secret);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("private key").doesNotContain("1EXAMPLE");
    }

    @Test
    void cancelBackupAndTargetReachTheirPaths() {
        session.when("DELETE sys/rekey/init", 204, "");
        assertThat(session.run("operator", "rekey", "-cancel").out()).startsWith("Success! Canceled rekeying");
        session.when("DELETE sys/rekey/backup", 204, "");
        assertThat(session.run("operator", "rekey", "-backup-delete").exit()).isZero();
        session.when("GET sys/rekey-recovery-key/init", 400, "{\"errors\":[\"recovery rekeying not supported\"]}");
        assertThat(session.run("operator", "rekey", "-status", "-target=recovery")
                        .exit())
                .isEqualTo(2);
        assertThat(session.run("operator", "rekey", "-status", "-target=moon").exit())
                .isEqualTo(1);
        assertThat(session.run("operator", "rekey", "-status", "-cancel").exit())
                .isEqualTo(1);
    }
}
