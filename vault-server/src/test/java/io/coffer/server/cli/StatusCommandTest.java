// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusCommandTest extends InSession {
    static final String SEALED = """
            {"type":"shamir","initialized":true,"sealed":true,"t":3,"n":5,"progress":1,"nonce":"6f2d",
            "version":"1.17.0+coffer","build_date":"2026-01-01T00:00:00Z","migration":false,"recovery_seal":false,
            "storage_type":"rocksdb","expires":"2026-01-01T01:00:00Z"}""";
    static final String OPEN = """
            {"type":"shamir","initialized":true,"sealed":false,"t":3,"n":5,"progress":0,"nonce":"",
            "version":"1.17.0+coffer","build_date":"","migration":false,"recovery_seal":false,
            "storage_type":"rocksdb","cluster_name":"c1","cluster_id":"id1"}""";

    @BeforeEach
    void start() {
        session.when("GET sys/leader", 200, "{\"ha_enabled\":false,\"is_self\":false}");
    }

    @Test
    void anUnsealedVaultIsZero() {
        session.when("GET sys/seal-status", 200, OPEN);
        Ran ran = session.run("status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                Key             Value
                ---             -----
                Seal Type       shamir
                Initialized     true
                Sealed          false
                Total Shares    5
                Threshold       3
                Version         1.17.0+coffer
                Build Date      n/a
                Storage Type    rocksdb
                Cluster Name    c1
                Cluster ID      id1
                HA Enabled      false
                """);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aSealedVaultIsTwoAndShowsItsProgress() {
        session.when("GET sys/seal-status", 200, SEALED);
        Ran ran = session.run("status");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out())
                .containsPattern("Unseal Progress +1/3\n")
                .containsPattern("Unseal Nonce +6f2d\n")
                .containsPattern("Unseal Expires +2026-01-01T01:00:00Z\n");
    }

    @Test
    void asJsonItIsTheStatusAndWhatIsKnownOfTheLeader() {
        session.when("GET sys/seal-status", 200, OPEN);
        session.when("GET sys/leader", 200, """
                {"ha_enabled":true,"is_self":true,"active_time":"x","leader_address":"a","leader_cluster_address":"b"}""");
        assertThat(session.run("status", "-format=json").out())
                .contains("\"sealed\": false", "\"ha_enabled\": true", "\"leader_cluster_address\": \"b\"");
        assertThat(session.run("status").out()).containsPattern("HA Mode +active\n");
    }

    @Test
    void neitherTokenNorNamespaceIsSent() {
        session.when("GET sys/seal-status", 200, OPEN);
        session.env.put("VAULT_NAMESPACE", "ns");
        session.run("status");
        assertThat(session.seen()).hasSize(2).allSatisfy(seen -> assertThat(seen.headers())
                .doesNotContainKeys("x-vault-token", "x-vault-namespace")
                .containsEntry("x-vault-request", "true"));
    }

    @Test
    void whateverFailsIsOne() throws Exception {
        assertThat(session.run("status").exit()).as("404").isEqualTo(1);
        session.when("GET sys/seal-status", 500, "{\"errors\":[\"storage\"]}");
        assertThat(session.run("status").exit()).as("500").isEqualTo(1);
        session.when("GET sys/seal-status", 200, "[]");
        assertThat(session.run("status").exit()).as("no object").isEqualTo(1);
        session.when("GET sys/seal-status", 200, "<html>");
        assertThat(session.run("status").exit()).as("no JSON").isEqualTo(1);
        session.when("GET sys/seal-status", Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"));
        assertThat(session.run("status").exit()).as("cut off").isEqualTo(1);
        session.close();
        Ran ran = session.run("status");
        assertThat(ran.exit()).as("unreachable").isEqualTo(1);
        assertThat(ran.err()).startsWith("Error checking seal status: cannot reach " + session.address());
        assertThat(session.run("status", "-address=nonsense").exit()).isEqualTo(1);
        assertThat(session.run("status", "surplus").exit()).isEqualTo(1);
    }
}
