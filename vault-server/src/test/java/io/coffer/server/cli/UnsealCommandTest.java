// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnsealCommandTest extends InSession {
    private static final String SHARE = "c2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2g=";

    @BeforeEach
    void start() {
        session.when("PUT sys/unseal", 200, StatusCommandTest.SEALED);
    }

    @Test
    void theShareIsAskedForAtAPromptThatHidesIt() {
        session.inputIsTerminal = true;
        session.typed.add("  " + SHARE + "\r");
        Ran ran = session.run("operator", "unseal");
        assertThat(ran.exit()).isZero();
        assertThat(session.prompts).isEqualTo("Unseal Key (will be hidden): ");
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\"}");
        assertThat(session.last().headers()).doesNotContainKey("x-vault-token");
        assertThat(ran.out()).containsPattern("Unseal Progress +1/3");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aDashReadsStandardInput() {
        session.input = (SHARE + "\n").getBytes(StandardCharsets.US_ASCII);
        Ran ran = session.run("operator", "unseal", "-");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\"}");
    }

    @Test
    void aShareAsAnArgumentIsTakenWithAWarningThatDoesNotRepeatIt() {
        Ran ran = session.run("operator", "unseal", SHARE);
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("WARNING", "history", "standard input").doesNotContain(SHARE);
    }

    @Test
    void withoutATerminalNothingIsAskedAndTheWayOutIsNamed() {
        Ran ran = session.run("operator", "unseal");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("give - to read it");
        session.inputIsTerminal = true;
        assertThat(session.run("operator", "unseal", "-non-interactive").exit()).isEqualTo(1);
        assertThat(session.prompts).isEmpty();
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void nothingIsSentForNoShare() {
        session.inputIsTerminal = true;
        session.typed.add("  ");
        assertThat(session.run("operator", "unseal").exit()).isEqualTo(1);
        assertThat(session.run("operator", "unseal").exit())
                .as("the terminal ended")
                .isEqualTo(1);
        session.input = "\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("operator", "unseal", "-").exit()).isEqualTo(1);
        session.input = new byte[] {(byte) 0xff, (byte) 0xfe};
        assertThat(session.run("operator", "unseal", "-").exit()).isEqualTo(1);
        session.input = new byte[100_000];
        assertThat(session.run("operator", "unseal", "-").exit()).isEqualTo(1);
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void resetAndMigrateAreSaid() {
        session.run("operator", "unseal", "-reset");
        assertThat(session.last().body()).isEqualTo("{\"reset\":true}");
        session.run("operator", "unseal", "-migrate", SHARE);
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"migrate\":true}");
    }

    @Test
    void whatStandsInAShareCannotLeaveItsPlaceInTheBody() {
        session.run("operator", "unseal", "a\"b\\c\u0001ü");
        assertThat(session.last().body()).isEqualTo("{\"key\":\"a\\\"b\\\\c\\u0001ü\"}");
    }

    @Test
    void asJsonItIsTheStatusAsTheVaultGaveIt() {
        assertThat(session.run("operator", "unseal", "-format=json", SHARE).out())
                .contains("\"progress\": 1", "\"sealed\": true")
                .doesNotContain("ha_enabled");
    }

    @Test
    void aWrongShareIsAnErrorOfTheVault() {
        session.when("PUT sys/unseal", 400, "{\"errors\":[\"not a share of this vault\"]}");
        Ran ran = session.run("operator", "unseal", SHARE);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("* not a share of this vault").doesNotContain(SHARE);
    }

    @Test
    void aCurlCommandHoldsNoShare() {
        Ran ran = session.run("operator", "unseal", "-output-curl-string", SHARE);
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("-X PUT", "-d @-", "/v1/sys/unseal").doesNotContain(SHARE);
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void sealingNeedsTheTokenAndSaysSuccess() {
        session.when("PUT sys/seal", 204, "");
        Ran ran = session.run("operator", "seal");
        assertThat(ran.out()).isEqualTo("Success! Vault is sealed.\n");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.test");
        session.when("PUT sys/seal", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(session.run("operator", "seal").exit()).isEqualTo(2);
    }
}
