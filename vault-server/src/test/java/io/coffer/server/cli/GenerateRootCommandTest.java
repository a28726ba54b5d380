// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerateRootCommandTest extends InSession {
    private static final String SHARE = "c2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2hhcmUgc2g=";
    private static final String PAD = "0123456789abcdefghijklmnopqr";
    private static final String NONCE = "11111111-2222-3333-4444-555555555555";

    @BeforeEach
    void start() {
        session.when("GET sys/generate-root/attempt", 200, status(true, 1, ""));
    }

    private static String status(boolean started, int progress, String more) {
        return "{\"nonce\":\"" + (started ? NONCE : "") + "\",\"started\":" + started + ",\"progress\":" + progress
                + ",\"required\":3,\"complete\":" + (progress == 3)
                + ",\"encoded_token\":\"\",\"encoded_root_token\":\"\","
                + "\"pgp_fingerprint\":\"\",\"otp\":\"\",\"otp_length\":28"
                + (started ? ",\"started_by\":\"token ann\"" : "") + more + "}";
    }

    @Test
    void beginningOneShowsThePadOnce() {
        session.when(
                "PUT sys/generate-root/attempt",
                200,
                status(true, 0, "").replace("\"otp\":\"\"", "\"otp\":\"" + PAD + "\""));
        Ran ran = session.run("operator", "generate-root", "-init");
        assertThat(ran.exit()).isZero();
        assertThat(session.last().body()).isEqualTo("{}");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.test");
        assertThat(ran.out()).isEqualTo("""
                        Key           Value
                        ---           -----
                        Nonce         11111111-2222-3333-4444-555555555555
                        Started       true
                        Progress      0/3
                        Complete      false
                        Started By    token ann
                        OTP           0123456789abcdefghijklmnopqr
                        OTP Length    28
                        """);
        assertThat(ran.err()).contains("Keep it");
        assertThat(session.run("operator", "generate-root", "-init", "-format=json")
                        .out())
                .contains("\"otp\": \"" + PAD + "\"", "\"required\": 3");
    }

    @Test
    void aPadAndAShareOfTheCallerAreSaidToTheVault() {
        session.when("PUT sys/generate-root/attempt", 200, status(true, 1, ""));
        Ran ran = session.run("operator", "generate-root", "-init", "-otp", PAD, SHARE);
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"otp\":\"" + PAD + "\"}");
        assertThat(ran.err())
                .contains("one-time pad given as an argument", "key share given as an argument")
                .doesNotContain(PAD, SHARE);
    }

    @Test
    void aPersonSeesWhatHisShareIsForAndIsAskedBeforeItIsSent() {
        session.when("PUT sys/generate-root/update", 200, status(true, 2, ""));
        session.inputIsTerminal = true;
        session.typed.add("y");
        session.typed.add(" " + SHARE + " ");
        Ran ran = session.run("operator", "generate-root");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).containsPattern("Started By +token ann").containsPattern("Progress +1/3");
        assertThat(session.prompts).endsWith("(y/N): Unseal Key (will be hidden): ");
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"nonce\":\"" + NONCE + "\"}");
        assertThat(ran.out()).containsPattern("Progress +2/3");
    }

    @Test
    void whoDoesNotAgreeSendsNothing() {
        session.inputIsTerminal = true;
        for (String answer : new String[] {"", "n", "what"}) {
            session.typed.add(answer);
            Ran ran = session.run("operator", "generate-root");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("no share was sent");
        }
        assertThat(session.seen()).allMatch(seen -> seen.method().equals("GET"));
    }

    @Test
    void scriptsGiveShareAndNonceAndAreNotAsked() {
        session.when(
                "PUT sys/generate-root/update",
                200,
                status(true, 3, "").replace("\"encoded_token\":\"\"", "\"encoded_token\":\"AQID\""));
        session.input = (SHARE + "\n").getBytes(StandardCharsets.US_ASCII);
        Ran ran = session.run("operator", "generate-root", "-nonce=" + NONCE, "-");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Complete +true").containsPattern("Encoded Token +AQID");
        assertThat(session.prompts).isEmpty();
        Ran without = session.run("operator", "generate-root", "-");
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err()).contains("-nonce");
    }

    @Test
    void whatStandsInANonceCannotLeaveItsPlaceInTheBody() {
        session.when("PUT sys/generate-root/update", 400, "{\"errors\":[\"incorrect nonce supplied\"]}");
        Ran ran = session.run("operator", "generate-root", "-nonce=a\",\"b\":\"c", SHARE);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\",\"nonce\":\"a\\\",\\\"b\\\":\\\"c\"}");
    }

    @Test
    void withoutOneThatWasBegunNoShareIsAskedFor() {
        session.when("GET sys/generate-root/attempt", 200, status(false, 0, ""));
        session.inputIsTerminal = true;
        Ran ran = session.run("operator", "generate-root");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("-init");
        assertThat(session.prompts).isEmpty();
        assertThat(session.run("operator", "generate-root", "-status").out()).containsPattern("Started +false");
    }

    @Test
    void aTokenIsDecodedHereAndPrintedBare() {
        byte[] token = "hvs.AAAAAAAAAAAAAAAAAAAAAAAA".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < token.length; i++) {
            token[i] ^= (byte) PAD.charAt(i);
        }
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(token);
        Ran ran = session.run("operator", "generate-root", "-decode=" + encoded, "-otp=" + PAD);
        assertThat(ran.out()).isEqualTo("hvs.AAAAAAAAAAAAAAAAAAAAAAAA\n");
        session.input = encoded.getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("operator", "generate-root", "-decode=-", "-otp=" + PAD)
                        .out())
                .isEqualTo(ran.out());
        session.inputIsTerminal = true;
        session.typed.add(PAD);
        assertThat(session.run("operator", "generate-root", "-decode=" + encoded)
                        .out())
                .isEqualTo(ran.out());
        assertThat(session.seen()).isEmpty();
        for (String bad : new String[] {"!", "AAAA", encoded + "AAAA"}) {
            assertThat(session.run("operator", "generate-root", "-decode=" + bad, "-otp=" + PAD)
                            .exit())
                    .isEqualTo(1);
        }
    }

    @Test
    void aPadOfTheRightLengthIsDrawnHere() {
        String one = session.run("operator", "generate-root", "-generate-otp").out();
        assertThat(one).matches("[0-9A-Za-z]{28}\n");
        assertThat(session.run("operator", "generate-root", "-generate-otp").out())
                .isNotEqualTo(one);
    }

    @Test
    void cancellingSaysWhatBecameOfIt() {
        session.when("DELETE sys/generate-root/attempt", 204, "");
        assertThat(session.run("operator", "generate-root", "-cancel").out())
                .isEqualTo("Success! Root token generation canceled (if it was started)\n");
        session.when("DELETE sys/generate-root/attempt", 200, status(true, 1, ""));
        Ran vote = session.run("operator", "generate-root", "-cancel", SHARE);
        assertThat(session.last().body()).isEqualTo("{\"key\":\"" + SHARE + "\"}");
        assertThat(vote.err()).contains("One more share");
    }

    @Test
    void onlyOneThingIsDoneAtATime() {
        assertThat(session.run("operator", "generate-root", "-init", "-cancel").exit())
                .isEqualTo(1);
        assertThat(session.run("operator", "generate-root", "-status", "-decode=AAAA")
                        .exit())
                .isEqualTo(1);
        assertThat(session.seen()).isEmpty();
    }
}
