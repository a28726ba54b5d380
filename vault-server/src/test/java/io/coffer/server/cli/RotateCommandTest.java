// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotateCommandTest extends InSession {
    private static final String STATUS =
            "{\"term\":7,\"install_time\":\"2026-03-04T05:06:07.8Z\",\"encryptions\":123456789}";

    @BeforeEach
    void start() {
        session.when("PUT sys/rotate", 204, "").whenData("GET sys/key-status", STATUS);
    }

    @Test
    void itRotatesAndShowsTheNewTerm() {
        Ran ran = session.run("operator", "rotate");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                Success! Rotated key

                Key                 Value
                ---                 -----
                Key Term            7
                Install Time        2026-03-04T05:06:07.8Z
                Encryption Count    123456789
                """);
        assertThat(session.seen())
                .extracting(seen -> seen.method() + " " + seen.target())
                .containsExactly("PUT /v1/sys/rotate", "GET /v1/sys/key-status");
        assertThat(session.run("operator", "rotate", "-format=json").out()).contains("\"term\": 7");
    }

    @Test
    void aScopeIsSaidToTheVault() {
        session.whenData(
                "GET sys/keys/audit",
                "{\"terms\":[{\"term\":1,\"state\":\"deprecated\"},"
                        + "{\"term\":2,\"state\":\"primary\",\"install_time\":\"t\",\"encryptions\":0}]}");
        Ran ran = session.run("operator", "rotate", "-scope=audit");
        assertThat(session.seen().getFirst().body()).isEqualTo("{\"scope\":\"audit\"}");
        assertThat(ran.out()).containsPattern("Key Term +2").containsPattern("Install Time +t");
    }

    @Test
    void aDryRunShowsThePlanAndNoStatus() {
        session.whenData(
                "PUT sys/rotate",
                "{\"dry_run\":true,\"scopes\":[{\"scope\":\"keys\",\"term\":1},{\"scope\":\"system\",\"term\":3}]}");
        Ran ran = session.run("operator", "rotate", "-dry-run");
        assertThat(session.last().body()).isEqualTo("{\"dry_run\":true}");
        assertThat(ran.out()).isEqualTo("""
                Scope     Present Term
                -----     ------------
                keys      1
                system    3
                """);
    }

    @Test
    void aRefusalIsAnErrorOfTheVault() {
        session.when("PUT sys/rotate", 403, "{\"errors\":[\"permission denied\"]}");
        Ran ran = session.run("operator", "rotate");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void theStatusTellsOfAnUnfinishedRotation() {
        session.whenData(
                "GET sys/key-status",
                "{\"term\":7,\"install_time\":\"t\",\"encryptions\":1,\"unfinished_rotation\":{\"started\":\"s\",\"scopes_done\":64}}");
        Ran ran = session.run("operator", "key-status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("Unfinished Rotation Since +s").containsPattern("Scopes Rotated +64");
    }
}
