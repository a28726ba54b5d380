// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Latencies;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.system.Node;
import io.coffer.core.vault.VaultState;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The core put together over a disk in memory: init, unseal, use, seal, and start again on the same disk.
class CoreTest {
    private final MemoryDisk disk = new MemoryDisk();
    private final Time time = Time.system();
    private Core core = start();

    private Core start() {
        AuditLog audit = new AuditLog(List.of(), AuditLimits.DEFAULT, time, Observer.none());
        return new Core(
                new Committer(disk, Runnable::run, Observer.none(), time),
                ServerConfig.dev(HostPort.parse("127.0.0.1:8200")),
                new Node("1.17.0+coffer", "2026-01-01T00:00:00Z", "inmem", "", () -> false),
                new Core.Surroundings(
                        time,
                        new SecureRandom(),
                        Observer.none(),
                        audit,
                        new Metrics(),
                        new Core.Pools(Runnable::run, Runnable::run),
                        new Latencies(),
                        LoginMethods.kinds()));
    }

    private Initialization.Handover initialize(int shares, int threshold) {
        Initialization.Plan plan = new Initialization.Plan(
                new SealConfig(shares, threshold),
                List.of(),
                Optional.empty(),
                Optional.of(new Credential("root-of-this-test")));
        return core.initialization().run(plan).toCompletableFuture().join().orElseThrow();
    }

    private Response call(Operation operation, String path, String body) {
        Incoming incoming = new Incoming(
                "00000000-0000-4000-8000-000000000000",
                operation,
                new RequestPath(path),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                Incoming.Form.JSON,
                Optional.of(new Credential("root-of-this-test")),
                Optional.empty(),
                Origin.INTERNAL,
                time.elapsed().plus(Duration.ofMinutes(1)));
        return core.pipeline().handle(incoming).toCompletableFuture().join().response();
    }

    @Test
    void anyThreeOfFiveSharesOpenWhatWasWrittenBeforeASealAndARestart() {
        List<Secret> shares = initialize(5, 3).shares();
        List.of(4, 0, 2).forEach(i -> core.unsealing().offer(shares.get(i)));
        assertThat(call(Operation.UPDATE, "sys/mounts/secret", "{\"type\":\"kv-v2\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(call(Operation.UPDATE, "secret/data/app", "{\"data\":{\"n\":1.0}}"))
                .isInstanceOf(Response.Ok.class);
        core.vault().seal();
        assertThat(call(Operation.READ, "secret/data/app", "")).isEqualTo(new Response.Unavailable("Vault is sealed"));
        core = start();
        List.of(1, 3, 0).forEach(i -> core.unsealing().offer(shares.get(i)));
        Response.Ok read = (Response.Ok) call(Operation.READ, "secret/data/app", "");
        assertThat(new String(JsonText.write(read.data()), StandardCharsets.UTF_8))
                .contains("\"data\":{\"n\":1.0}");
    }

    @Test
    void aWrongShareIsRefusedByItselfAndTheProgressOfTheOthersStays() {
        List<Secret> shares = initialize(3, 2).shares();
        core.unsealing().offer(shares.get(0));
        Secret foreign = Secret.takeFrom(new byte[33]);
        assertThat(core.unsealing().offer(foreign)).isInstanceOf(Unsealing.Outcome.Refused.class);
        assertThat(core.unsealing().progress().shares()).isEqualTo(1);
        core.unsealing().offer(shares.get(0));
        assertThat(core.unsealing().progress().shares()).isEqualTo(1);
        core.unsealing().offer(shares.get(2));
        assertThat(core.vault().state()).isInstanceOf(VaultState.Unsealed.class);
    }

    @Test
    void everyBentByteOfAShareIsRefused() {
        Secret good = initialize(3, 2).shares().getFirst();
        for (int i = 0; i < good.length(); i++) {
            byte[] bent = good.copy();
            bent[i] ^= 0x10;
            assertThat(core.unsealing().offer(Secret.takeFrom(bent)))
                    .as("byte %d", i)
                    .isInstanceOf(Unsealing.Outcome.Refused.class);
        }
    }

    @Test
    void thereIsOneStoreHoweverManyInitialize() {
        initialize(1, 1);
        Initialization.Plan again =
                new Initialization.Plan(new SealConfig(1, 1), List.of(), Optional.empty(), Optional.empty());
        assertThat(core.initialization().run(again).toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void theDoorOfASealedVaultIsShut() {
        initialize(1, 1);
        assertThatThrownBy(() -> core.vault().unsealed(barrier -> true)).isInstanceOf(VaultSealedException.class);
    }

    @Test
    void disablingAMountTakesItsValuesAndItsKeysAway() {
        core.unsealing().offer(initialize(1, 1).shares().getFirst());
        call(Operation.UPDATE, "sys/mounts/one", "{\"type\":\"kv\"}");
        call(Operation.UPDATE, "one/a", "{\"v\":1}");
        assertThat(call(Operation.DELETE, "sys/mounts/one", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(call(Operation.READ, "one/a", "")).isInstanceOf(Response.NotFound.class);
        call(Operation.UPDATE, "sys/mounts/one", "{\"type\":\"kv\"}");
        assertThat(call(Operation.READ, "one/a", "")).isEqualTo(Response.ABSENT);
    }
}
