// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests and their audit entries.
class AuditingTest {
    private final HandDevice device = new HandDevice("file");
    private final FaultyDisk disk = new FaultyDisk();
    private final TestVault vault = TestVault.open(TestVault.Setup.over(disk).devices(device), 1, 1);

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/secret", "{\"type\":\"kv-v2\"}");
        vault.write("secret/data/a", "{\"data\":{\"k\":\"canary\"}}");
        device.handed.clear();
    }

    @AfterEach
    void close() {
        device.mood = HandDevice.Mood.WRITES;
        vault.close();
    }

    private CompletableFuture<Reply> start(Operation operation, String path, String body) {
        return vault.start(vault.request(operation, path, body, Optional.of(TestVault.ROOT)))
                .toCompletableFuture();
    }

    /// The device writes again, and its time of rest is over.
    private void recover() {
        device.mood = HandDevice.Mood.WRITES;
        vault.time().pass(AuditLimits.DEFAULT.rest());
    }

    private List<String> lines() {
        return device.text().lines().toList();
    }

    @Test
    void aReadIsToldWithItsAnswerAndItsAnswerWaitsForThat() {
        device.mood = HandDevice.Mood.WAITS;
        CompletableFuture<Reply> reply = start(Operation.READ, "secret/data/a", "");
        assertThat(reply).isNotDone();
        assertThat(device.handed).hasSize(1);
        assertThat(lines()).hasSize(2);
        device.answerAll();
        assertThat(reply.join().response()).isInstanceOf(Response.Ok.class);
        assertThat(device.text()).doesNotContain("canary");
    }

    @Test
    void anEntrySaysWhichPoliciesLetARequestIn() {
        policy("reads", "read");
        policy("lists", "list");
        Clients clients = new Clients(vault);
        String token = clients.create("{\"policies\":[\"reads\",\"lists\"]}");
        device.handed.clear();
        clients.call(token, Operation.READ, "secret/data/a", "");
        clients.call(token, Operation.DELETE, "secret/data/a", "");
        vault.read("secret/data/a");
        clients.call(token, Operation.READ, "auth/token/lookup-self", "");
        assertThat(lines()).hasSize(8);
        String granting = "\"granting_policies\":[{\"name\":\"%s\",\"namespace_id\":\"root\",\"type\":\"acl\"}]";
        assertThat(lines().subList(0, 2)).allSatisfy(line -> assertThat(line).contains(granting.formatted("reads")));
        assertThat(lines().subList(2, 4))
                .allSatisfy(line -> assertThat(line).contains("\"policy_results\":{\"allowed\":false}"));
        assertThat(lines().subList(4, 6)).allSatisfy(line -> assertThat(line).contains(granting.formatted("root")));
        assertThat(lines().subList(6, 8)).allSatisfy(line -> assertThat(line).contains(granting.formatted("default")));
    }

    private void policy(String name, String capability) {
        vault.write(
                "sys/policies/acl/" + name,
                "{\"policy\":\"path \\\"secret/*\\\" { capabilities = [\\\"" + capability + "\\\"] }\"}");
    }

    @Test
    void anUnwrapIsToldWithTheTokenThatCallsAndNotWithTheOneItNames() {
        assertThat(vault.write("sys/wrapping/unwrap", "{\"token\":\"hvs.canary\"}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"path\":\"sys/wrapping/unwrap\"", "\"display_name\":\"root\"", "\"token\":\"hmac-sha256:")
                .doesNotContain("canary"));
    }

    @Test
    void aReadThatNoDeviceTellsIsNotAnswered() {
        device.mood = HandDevice.Mood.FAILS;
        assertThat(vault.read("secret/data/a"))
                .isEqualTo(new Response.Failed("internal error: no audit device could write, and nothing was changed;"
                        + " an operator must look at them"));
    }

    @Test
    void aWriteWaitsUntilADeviceHasWrittenWhatIsToBeDone() {
        device.mood = HandDevice.Mood.WAITS;
        int writes = disk.writes();
        CompletableFuture<Reply> reply = start(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":\"two\"}}");
        assertThat(lines()).hasSize(1);
        assertThat(disk.writes()).isEqualTo(writes);
        device.answerAll();
        assertThat(disk.writes()).isEqualTo(writes + 1);
        assertThat(reply).isNotDone();
        device.answerAll();
        assertThat(reply.join().response()).isInstanceOf(Response.Ok.class);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void aWriteThatNoDeviceTellsIsNotMade() {
        device.mood = HandDevice.Mood.FAILS;
        int writes = disk.writes();
        assertThat(vault.write("secret/data/a", "{\"data\":{\"k\":\"two\"}}"))
                .isEqualTo(new Response.Failed("internal error: no audit device could write, and nothing was changed;"
                        + " an operator must look at them"));
        assertThat(disk.writes()).isEqualTo(writes);
        recover();
        assertThat(TestVault.text(vault.read("secret/data/a"))).contains("\"version\":1");
    }

    @Test
    void aWriteWhoseAnswerNoDeviceTellsMayHaveBeenMadeAndTheClientHearsThat() {
        device.mood = HandDevice.Mood.WAITS;
        CompletableFuture<Reply> reply = start(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":\"two\"}}");
        device.mood = HandDevice.Mood.FAILS;
        device.answerAll();
        assertThat(reply.join().response())
                .isEqualTo(new Response.Failed("internal error: no audit device could write the entry of the answer."
                        + " The change may have been made: read it back. An operator must look at the devices"));
        recover();
        assertThat(TestVault.text(vault.read("secret/data/a"))).contains("\"version\":2");
    }

    @Test
    void aWriteThatFindsTheVaultSealedHasATwinThatSaysSo() {
        device.mood = HandDevice.Mood.WAITS;
        CompletableFuture<Reply> reply = start(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":\"two\"}}");
        vault.vault().seal();
        device.mood = HandDevice.Mood.WRITES;
        device.answerAll();
        assertThat(reply.join().response()).isEqualTo(new Response.Unavailable("Vault is sealed"));
        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast()).contains("\"type\":\"response\"", "\"error\":\"nothing was changed\"");
        vault.unseal();
        assertThat(TestVault.text(vault.read("secret/data/a"))).contains("\"version\":1");
    }

    @Test
    void aReadThatMeetsDamageIsToldToo() {
        vault.change(writer -> {
            String uuid =
                    vault.mounts().read(writer).at("secret/").orElseThrow().uuid();
            StorageKey key = new StorageKey(new Scope(uuid), "meta/a");
            assertThat(writer.get(key)).isPresent();
            writer.put(key, new Plaintext("canary".getBytes(StandardCharsets.UTF_8)));
        });
        assertThat(vault.read("secret/data/a")).isInstanceOfSatisfying(Response.Failed.class, failed -> assertThat(
                        failed.error())
                .startsWith("internal error: something that this vault stored is damaged, and nothing was changed"));
        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast()).contains("\"type\":\"response\"", "\"error\":\"nothing was changed\"");
        assertThat(device.text()).doesNotContain("canary");
    }

    @Test
    void aDiskThatFailsLeavesATwinThatSaysThatTheOutcomeIsUnknown() {
        disk.failAfter();
        assertThat(vault.write("secret/data/a", "{\"data\":{\"k\":\"two\"}}"))
                .isInstanceOfSatisfying(Response.Failed.class, failed -> assertThat(failed.error())
                        .startsWith("outcome unknown:"));
        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast()).contains("\"type\":\"response\"", "\"error\":\"outcome unknown\"");
        assertThat(vault.write("secret/data/a", "{\"data\":{\"k\":\"three\"}}"))
                .isEqualTo(new Response.Failed(
                        "the storage has failed and nothing was changed; an operator must look at it"));
        assertThat(lines().getLast()).contains("\"error\":\"nothing was changed\"");
        assertThat(vault.read("secret/data/a")).as("the last durable state").isInstanceOf(Response.Ok.class);
    }

    @Test
    void aFailingDeviceNeverKeepsTheVaultOpen() {
        device.mood = HandDevice.Mood.FAILS;
        assertThat(vault.write("sys/seal", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.isUnsealed()).isFalse();
        vault.unseal();
    }

    @Test
    void whoIsRefusedIsTold() {
        vault.handle(vault.request(Operation.READ, "secret/data/a", "", Optional.of(new Credential("hvs.nobody"))));
        assertThat(lines()).hasSize(2);
        assertThat(lines()).allMatch(line -> line.contains("\"path\":\"secret/data/a\""));
        assertThat(lines().getFirst()).contains("\"allowed\":false").doesNotContain("hvs.nobody");
    }

    @Test
    void aMountShowsTheNamesThatItIsTunedToShow() {
        vault.write("secret/data/b", "{\"data\":{\"user\":\"name-canary\",\"k\":\"canary\"}}");
        assertThat(device.text()).doesNotContain("canary");
        vault.write(
                "sys/mounts/secret/tune",
                "{\"audit_non_hmac_request_keys\":[\"user\"],\"audit_non_hmac_response_keys\":[\"user\",\"created_time\"]}");
        device.handed.clear();
        vault.write("secret/data/b", "{\"data\":{\"user\":\"name-canary\",\"k\":\"canary-1\"}}");
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("\"user\":\"name-canary\""));
        assertThat(lines().getLast()).contains("\"created_time\":\"2026-11-24T");
        device.handed.clear();
        vault.read("secret/data/b");
        assertThat(lines().getLast()).contains("\"user\":\"name-canary\"");
        assertThat(device.text()).doesNotContain("canary-1");
        vault.write(
                "sys/mounts/secret/tune", "{\"audit_non_hmac_request_keys\":[],\"audit_non_hmac_response_keys\":[]}");
        device.handed.clear();
        vault.read("secret/data/b");
        assertThat(device.text()).doesNotContain("canary");
    }
}
