// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `operator keys` and `receipt verify`.
class KeysCommandTest extends InSession {
    private static final String TERM =
            "{\"term\":1,\"state\":\"deprecated\",\"algorithm\":\"xaes256-gcm\",\"install_time\":\"t1\",\"values\":3,"
                    + "\"bytes\":200,\"encryptions\":9,\"last_used\":null}";

    /// Of the seed 00 01 … 1f.
    private static final String KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

    @Test
    void theListShowsEveryTermOfEveryScope() {
        session.whenData("GET sys/keys/", info(scope("keys", ""), scope("uuid", "\"mount\":\"secret/\",")));
        Ran ran = session.run("operator", "keys", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                Scope    Mount      Term    State         Algorithm      Install Time    Values    Bytes    Last Used
                -----    -----      ----    -----         ---------      ------------    ------    -----    ---------
                keys     n/a        1       deprecated    xaes256-gcm    t1              3         200      n/a
                uuid     secret/    1       deprecated    xaes256-gcm    t1              3         200      n/a
                """);
        assertThat(session.run("operator", "keys", "list", "-format=json").out())
                .contains("\"values\": 3");
        assertThat(session.run("operator", "keys", "list", "-format=yaml").out())
                .contains("values: 3");
    }

    private static String info(String... scopes) {
        return "{\"key_info\":{" + String.join(",", scopes) + "}}";
    }

    private static String scope(String scope, String mount) {
        return "\"" + scope + "\":{\"scope\":\"" + scope + "\"," + mount + "\"terms\":[" + TERM + "]}";
    }

    @Test
    void aKeyringThatDoesNotOpenIsShown() {
        String damaged = "\"uuid\":{\"scope\":\"uuid\",\"mount\":\"app/\",\"damaged\":\"why\",\"terms\":[]}";
        session.whenData("GET sys/keys/", info(scope("keys", ""), damaged));
        assertThat(session.run("operator", "keys", "list").out())
                .containsPattern("\nkeys +n/a +1 +deprecated ")
                .containsPattern("\nuuid +app/ +n/a +does not open +n/a ");
    }

    @Test
    void aLongListIsAskedForPageByPage() {
        session.when(
                        "GET sys/keys/",
                        200,
                        Session.envelope(info(scope("a", "")))
                                .replace("\"warnings\":null", "\"warnings\":[\"there are more\"]"))
                .whenData("GET sys/keys/?list=true&after=a", info(scope("b", "")));
        assertThat(session.run("operator", "keys", "list").out()).contains("\na  ", "\nb  ");
    }

    @Test
    void aScopeThatIsNoneIsNotFound() {
        Ran ran = session.run("operator", "keys", "list", "none");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("No scope has this name");
    }

    @Test
    void whatIsBeingDestroyedIsListed() {
        session.whenData(
                "GET sys/keys/jobs",
                "{\"jobs\":[{\"scope\":\"s\",\"terms\":[1],\"kind\":\"destroy\",\"state\":\"waiting\",\"destroy_time\":\"t\"}]}");
        assertThat(session.run("operator", "keys", "list", "-jobs").out()).isEqualTo("""
                Scope    Terms    Kind       State      Destroy Time    Why Blocked
                -----    -----    ----       -----      ------------    -----------
                s        [1]      destroy    waiting    t               n/a
                """);
    }

    @Test
    void jobsAreAskedForPageByPageAndThoseOfOneScopeAreShownAlone() {
        String job = "{\"jobs\":[{\"scope\":\"%s\",\"terms\":[1],\"state\":\"waiting\"}]%s}";
        session.whenData("GET sys/keys/jobs", String.format(job, "a", ",\"next\":\"x\""))
                .whenData("GET sys/keys/jobs?after=x", String.format(job, "b", ""));
        assertThat(session.run("operator", "keys", "list", "-jobs").out()).contains("\na  ", "\nb  ");
        assertThat(session.run("operator", "keys", "list", "-jobs", "b").out())
                .contains("\nb  ")
                .doesNotContain("\na  ");
    }

    @Test
    void whoNamesAMountLearnsFromTheVaultWhatAScopeIs() {
        for (String[] command :
                new String[][] {{"list", "m/"}, {"deprecate", "m/", "1"}, {"restore", "m/", "1"}, {"destroy", "m/", "1"}
                }) {
            String[] words = Stream.concat(Stream.of("operator", "keys"), Stream.of(command))
                    .toArray(String[]::new);
            assertThat(session.run(words).exit()).isEqualTo(2);
            assertThat(session.last().path()).doesNotContain("//").contains("sys/keys/m");
        }
    }

    @Test
    void aKeyIsRetiredDestroyedAndRestored() {
        session.when("PUT sys/keys/s/1/deprecate", 204, "")
                .when("PUT sys/keys/s/1/restore", 204, "")
                .whenData(
                        "PUT sys/keys/s/1/destroy",
                        "{\"id\":\"s.1\",\"scope\":\"s\",\"terms\":[1],\"state\":\"waiting\",\"destroy_time\":\"t\"}");
        assertThat(session.run("operator", "keys", "deprecate", "s", "1").out()).isEqualTo("Success! Deprecated key\n");
        assertThat(session.run("operator", "keys", "restore", "s", "1").out()).isEqualTo("Success! Restored key\n");
        Ran ran = session.run("operator", "keys", "destroy", "s", "1");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("waiting", "s.1");
        session.input = "c2hhcmU=\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("operator", "keys", "destroy", "s", "1", "-").exit())
                .isZero();
        assertThat(session.last().body()).isEqualTo("{\"key\":\"c2hhcmU=\"}");
        assertThat(session.run("operator", "keys", "destroy", "s").exit()).isEqualTo(1);
        assertThat(session.run("operator", "keys", "destroy", "s", "2").exit()).isEqualTo(2);
    }

    @Test
    void whoIsAskedForAShareSeesHowManyAreMissing() {
        String job = "{\"id\":\"s.1\",\"scope\":\"s\",\"terms\":[1],\"state\":\"waiting\",\"destroy_time\":\"t\",";
        session.inputIsTerminal = true;
        session.typed.add("c2hhcmU=");
        session.whenSequence(
                "PUT sys/keys/s/1/destroy",
                job + "\"nonce\":\"n\",\"progress\":1,\"required\":3}",
                job + "\"nonce\":\"n\",\"progress\":2,\"required\":3}");
        Ran ran = session.run("operator", "keys", "destroy", "-now", "s", "1");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEqualTo("1 of 3 key shares have been handed in; 2 more, and nothing is waited for.\n");
        assertThat(ran.out()).containsPattern("Shares +2/3");
        assertThat(session.seen().stream().map(Seen::body)).containsExactly("{}", "{\"key\":\"c2hhcmU=\"}");
    }

    @Test
    void nobodyIsAskedForAShareOfAKeyThatIsRefused() {
        session.inputIsTerminal = true;
        session.when("PUT sys/keys/s/2/destroy", 400, "{\"errors\":[\"this term is the primary\"]}");
        Ran ran = session.run("operator", "keys", "destroy", "-now", "s", "2");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("this term is the primary");
        assertThat(session.prompts).isEmpty();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    /// What another program has signed.
    private static String receipt() throws IOException {
        try (InputStream in = KeysCommandTest.class.getResourceAsStream("/golden/term/receipt-1.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Ran verify(String receipt, String key) throws IOException {
        return session.run(
                "receipt",
                "verify",
                "-key=" + file("key", key),
                file("receipt", receipt).toString());
    }

    @Test
    void aGoodReceiptIsToldWithoutTheVault() throws IOException {
        Ran ran = verify(receipt(), KEY);
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Good +true").containsPattern("Share Generations +\\[2]");
        String pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA" + KEY + "\n-----END PUBLIC KEY-----\n";
        assertThat(verify(receipt(), pem).exit()).isZero();
        assertThat(verify(Session.envelope(receipt()), KEY).exit()).isZero();
        assertThat(session.run(
                                "receipt",
                                "verify",
                                "-format=json",
                                "-key=" + file("key", KEY),
                                home.resolve("receipt") + "")
                        .out())
                .contains("\"good\": true");
        session.input = receipt().getBytes(StandardCharsets.UTF_8);
        assertThat(session.run("receipt", "verify", "-key=" + file("key", KEY), "-")
                        .exit())
                .isZero();
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void anythingElseIsNoReceipt() throws IOException {
        for (String bent : new String[] {
            receipt().replace("\"terms\":[1]", "\"terms\":[2]"),
            receipt().replace("destroy\"", "shred\""),
            receipt().replaceFirst("\"v\":1,", ""),
            receipt().replaceFirst("\\{", "{\"more\":1,"),
            receipt().replace("VPZY", "VPZZ"),
            "{}",
            "[]",
            "no JSON",
            ""
        }) {
            Ran ran = verify(bent, KEY);
            assertThat(ran.exit()).as(bent).isEqualTo(2);
            assertThat(ran.out()).as(bent).startsWith("This is no receipt of that vault: ");
        }
        assertThat(verify(receipt(), KEY.replace('A', 'B')).exit()).isEqualTo(2);
    }

    @Test
    void whatCannotBeCheckedIsAnErrorOfTheCaller() throws IOException {
        assertThat(session.run("receipt", "verify", file("receipt", receipt()).toString())
                        .exit())
                .isEqualTo(1);
        assertThat(verify(receipt(), "no key").exit()).isEqualTo(1);
        assertThat(session.run("receipt", "verify", "-key=" + home.resolve("gone"), "x")
                        .exit())
                .isEqualTo(1);
        assertThat(session.run(
                                "receipt",
                                "verify",
                                "-key=" + file("key", KEY),
                                home.resolve("gone").toString())
                        .exit())
                .isEqualTo(1);
    }
}
