// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `operator rewrap`, `rotate-config`, `verify`, `keys import` and `keys promote`.
class KeyLifeCommandsTest extends InSession {
    private static final String ENDED = "{\"under_way\":false,\"started\":\"t1\",\"values_moved\":90,\"values_left\":0,"
            + "\"values_skipped\":0,\"skipped\":[],\"ended\":\"t2\",\"cancelled\":false}";
    private static final String RUNNING = "{\"under_way\":true,\"started\":\"t1\",\"values_moved\":30,"
            + "\"values_left\":60,\"values_skipped\":0,\"rate\":20,\"throttle\":100,\"seconds_left\":3}";
    private static final String REPORT =
            "{\"under_way\":false,\"sound\":true,\"values\":28,\"values_bad\":0,\"bad\":[]}";

    private List<String> asked() {
        return session.seen().stream().map(Seen::method).toList();
    }

    @Test
    void aRewrapIsStartedForWhatIsNamedAndTellsHowItStands() {
        session.whenData("PUT sys/rewrap", RUNNING).whenData("GET sys/rewrap", RUNNING);
        Ran ran = session.run("operator", "rewrap", "-scope=system", "-rate=0");
        assertThat(ran.exit()).isZero();
        assertThat(session.seen().getFirst().body()).isEqualTo("{\"scope\":\"system\",\"rate\":0}");
        assertThat(ran.out()).isEqualTo("""
                Key               Value
                ---               -----
                Under Way         true
                Started           t1
                Values Moved      30
                Values Left       60
                Values Skipped    0
                Rate              20/s, 3s left
                Throttle          100%
                """);
    }

    @Test
    void theStateAloneIsAskedForWithoutStartingAnything() {
        session.whenData("GET sys/rewrap", ENDED);
        Ran ran = session.run("operator", "rewrap", "-status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Under Way +false").containsPattern("Ended +t2");
        assertThat(asked()).containsExactly("GET");
    }

    @Test
    void whatDoesNotOpenIsNamedAndIsTwo() {
        session.whenData(
                "GET sys/rewrap", ENDED.replace("skipped\":0", "skipped\":1").replace("[]", "[\"m:a/b\"]"));
        Ran ran = session.run("operator", "rewrap", "-status");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).containsPattern("Does Not Open +m:a/b");
    }

    @Test
    void whatWouldHaveNoEffectOrMeanTheWholeVaultIsRefusedAndNothingIsAsked() {
        for (String line : List.of(
                "rewrap -cancel -scope=system",
                "rewrap -cancel -status",
                "rewrap -status -rate=5",
                "rewrap -scope=",
                "rotate -scope=",
                "rotate-config -scope= -preset=nist-yearly",
                "keys list jobs",
                "keys destroy / 1",
                "rewrap -format=xml")) {
            String[] words = ("operator " + line).split(" ", -1);
            assertThat(session.run(words).exit()).as(line).isEqualTo(1);
        }
        assertThat(session.run("operator", "keys", "list", "").exit()).isEqualTo(1);
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void anAnswerThatIsWrappedIsShownAsItsToken() {
        session.when("GET sys/rewrap", 200, "{\"wrap_info\":{\"token\":\"hvs.w\",\"ttl\":60},\"data\":null}");
        Ran ran = session.run("operator", "rewrap", "-status", "-wrap-ttl=60s");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("wrapping_token: +hvs.w\n").doesNotContain("Under Way");
    }

    @Test
    void whatTheCensusCountsAndTheRewrapDidNotFindIsTwo() {
        String left = ENDED.replace("left\":0", "left\":7");
        session.whenSequence("GET sys/rewrap", left, left.replace("cancelled\":false", "cancelled\":true"));
        Ran ran = session.run("operator", "rewrap", "-status");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).containsPattern("Values Left +7\n").containsPattern("Not Found .*operator verify");
        assertThat(session.run("operator", "rewrap", "-status").exit()).isZero();
    }

    @Test
    void whatCannotBeReadIsNamedWithWhatToDoAndWatchingEndsThere() {
        String stands = RUNNING.replace("\"seconds_left\":3}", """
                "stands":true,"next_try":"t3","advice":"restore a backup","obstacles":[
                {"scope":"leases","after":"x/1","reason":"7.sst is damaged"},
                {"scope":"tokens","after":"","reason":"it does not open"}]}""");
        session.whenSequence("GET sys/rewrap", RUNNING, stands);
        Ran ran = session.run("operator", "rewrap", "-status", "-watch");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out())
                .containsPattern("Cannot Read +leases, after x/1\nReason +7.sst is damaged\n")
                .containsPattern("Cannot Read +tokens\nReason +it does not open\n")
                .containsPattern("What To Do +restore a backup\nStands +true\nNext Try +t3\n");
    }

    @Test
    void watchingEndsWhereAStepHasFailedAndTellsWhy() {
        session.whenData(
                "GET sys/rewrap",
                RUNNING.replace("\"seconds_left\":3", "\"stands\":true,\"failure\":\"the disk is full\""));
        Ran ran = session.run("operator", "rewrap", "-status", "-watch");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).containsPattern("Failure +the disk is full\nStands +true\nNext Try +n/a\n");
    }

    @Test
    void aRewrapIsEnded() {
        session.when("DELETE sys/rewrap", 204, "");
        Ran ran = session.run("operator", "rewrap", "-cancel");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("Success! Ended the rewrap, if one was under way\n");
        assertThat(asked()).containsExactly("DELETE");
    }

    @Test
    void watchingGoesOnUntilItEndsWithABarAtATerminalAndLinesElsewhere() {
        for (boolean terminal : new boolean[] {true, false}) {
            session.outputIsTerminal = terminal;
            session.whenSequence("GET sys/rewrap", RUNNING.replace(":60", ":0").replace(":30", ":0"), RUNNING, ENDED);
            Ran ran = session.run("operator", "rewrap", "-status", "-watch");
            assertThat(ran.exit()).isZero();
            String text = " 33 %  30 of 90 values, 20/s, 3s left";
            assertThat(ran.err())
                    .isEqualTo(terminal ? "\r[##########....................] " + text + "\n" : text.strip() + "\n");
            assertThat(ran.out()).containsPattern("Values Moved +90");
        }
    }

    @Test
    void whenKeysAreRotatedIsShownAndSet() {
        String config = "{\"enabled\":true,\"interval\":\"168h0m0s\",\"max_bytes\":0}";
        session.whenData("GET sys/rotate/config", config).when("PUT sys/rotate/config", 204, "");
        assertThat(session.run("operator", "rotate-config").out()).isEqualTo("""
                Key          Value
                ---          -----
                Enabled      true
                Interval     168h0m0s
                Max Bytes    0
                """);
        assertThat(asked()).containsExactly("GET");
        Ran ran = session.run("operator", "rotate-config", "-scope=s", "-preset=nist-yearly", "-auto-rewrap=false");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Success! Set when keys are rotated\n");
        assertThat(session.seen().get(1).body())
                .isEqualTo("{\"preset\":\"nist-yearly\",\"auto_rewrap\":false,\"scope\":\"s\"}");
        assertThat(session.last().target()).endsWith("sys/rotate/config?scope=s");
    }

    @Test
    void aScopeFollowsTheOthersAgain() {
        session.whenData("GET sys/rotate/config", "{\"enabled\":true}").when("DELETE sys/rotate/config", 204, "");
        assertThat(session.run("operator", "rotate-config", "-scope=s", "-reset")
                        .exit())
                .isZero();
        assertThat(session.seen().getFirst().target()).endsWith("sys/rotate/config?scope=s");
        assertThat(asked()).containsExactly("DELETE", "GET");
    }

    @Test
    void aResetThatNamesNoScopeOrSetsSomethingTooChangesNothing() {
        for (String more : List.of("-enabled", "-interval=24h")) {
            assertThat(session.run("operator", "rotate-config", "-reset", "-scope=s", more)
                            .exit())
                    .as(more)
                    .isEqualTo(1);
        }
        Ran ran = session.run("operator", "rotate-config", "-reset");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("-scope");
        assertThat(asked()).isEmpty();
    }

    @Test
    void aSoundStoreIsZeroAndAnyOtherTwo() {
        session.whenData("PUT sys/verify", REPORT);
        Ran ran = session.run("operator", "verify");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Sound +true").containsPattern("Values Bad +0");
        session.whenData("PUT sys/verify", REPORT.replace("true", "false").replace("[]", "[\"m:a\"]"));
        Ran bad = session.run("operator", "verify");
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.out()).containsPattern("Bad +\\[m:a]");
    }

    @Test
    void aVerificationIsWatchedToItsEnd() {
        session.outputIsTerminal = true;
        session.whenData("PUT sys/verify", "{\"under_way\":true,\"values\":0}");
        session.whenSequence(
                "GET sys/verify", "{\"under_way\":true,\"values\":28,\"values_verified\":14,\"values_bad\":0}", REPORT);
        Ran ran = session.run("operator", "verify");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEqualTo("\r[###############...............]  50 %  14 of 28 values, 0 bad\n");
    }

    @Test
    void aKeyComesFromAFileOrStandardInput() throws IOException {
        session.whenData("PUT sys/keys/s/import", "{\"term\":2,\"state\":\"available\",\"algorithm\":\"xaes256-gcm\"}");
        Path file = Files.writeString(home.resolve("key"), " QU\r\nJD\n");
        Ran ran = session.run("operator", "keys", "import", "s", file.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Term +2").containsPattern("State +available");
        assertThat(session.last().body()).contains("\"ciphertext\":\"QUJD\"");
        session.input = "QUJE".getBytes(StandardCharsets.US_ASCII);
        session.run("operator", "keys", "import", "-algorithm=aes256-gcm", "s", "-");
        assertThat(session.last().body()).contains("\"ciphertext\":\"QUJE\"", "\"algorithm\":\"aes256-gcm\"");
        String none = home.resolve("none").toString();
        assertThat(session.run("operator", "keys", "import", "s", none))
                .isEqualTo(new Ran(1, "", "cannot read the file " + none + "\n"));
    }

    @Test
    void aKeyGoesOutWrappedAndNothingElseIsPrinted() throws IOException {
        session.whenData(
                "PUT sys/keys/s/promote", "{\"ciphertext\":\"QUJD\",\"term\":1,\"algorithm\":\"xaes256-gcm\"}");
        Path file = Files.writeString(home.resolve("pem"), "-----BEGIN PUBLIC KEY-----\n");
        Ran ran = session.run("operator", "keys", "promote", "s", file.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("QUJD\n");
        assertThat(session.last().body()).contains("BEGIN PUBLIC KEY");
    }
}
