// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.barrier.Job;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.system.MountedLeases;
import io.coffer.core.token.ClearPaths;
import io.coffer.core.token.TokenStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// What is ended by its path stays ended when its job is ahead of the disk: a step sees what is durable,
/// and its former step is only accepted.
class EndedPathsRaceTest {
    private static final String ENDED = "sys/leases/revoke-prefix/";

    private final SlowLog log = new SlowLog();
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 1, 1);
    private final Clients clients = new Clients(vault);

    /// A log that writes nothing while it is held.
    private static final class SlowLog implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean held;

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
            drain();
        }

        void hold() {
            held = true;
        }

        void release() {
            held = false;
            drain();
        }

        private void drain() {
            while (!held && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private void step(Job job) {
        vault.vault().unsealed(job::step);
    }

    private String end(String path) {
        return Clients.show(clients.write(Clients.ROOT, ENDED + path, ""));
    }

    /// Ends something a second time while the job's step about the first time waits for the disk, and steps again.
    private void endWhileTheDiskIsBehind(Job job, String path) {
        log.hold();
        step(job);
        CompletionStage<Reply> second =
                vault.start(vault.request(Operation.UPDATE, ENDED + path, "", Optional.of(TestVault.ROOT)));
        step(job);
        log.release();
        assertThat(second.toCompletableFuture().join().response()).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void leases() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
        vault.write("kv/a", "{\"x\":1}");
        LeaseStore leases = new LeaseStore(new TokenStore());
        Job job = new ClearLeases(
                leases, new Ending(leases, new MountedLeases(vault.mounts(), MountDefaults.STANDARD)), vault.time());
        assertThat(end("kv/a")).isEqualTo("204");
        vault.time().pass(Duration.ofMillis(1));
        Response.Leased later = (Response.Leased) vault.read("kv/a");
        endWhileTheDiskIsBehind(job, "kv/a");
        assertThat(Clients.show(vault.write("sys/leases/lookup", "{\"lease_id\":\"" + later.leaseId() + "\"}")))
                .isEqualTo("400 invalid lease");
        step(job);
        boolean kept =
                vault.look(reader -> leases.stored(reader, later.leaseId())).isPresent();
        assertThat(kept).isFalse();
        vault.close();
    }

    @Test
    void tokens() {
        Job job = new ClearPaths();
        String body = "{\"policies\":[\"default\"],\"ttl\":\"1h\"}";
        assertThat(end("auth/token/create")).isEqualTo("204");
        vault.time().pass(Duration.ofMillis(1));
        String later = clients.create(body);
        endWhileTheDiskIsBehind(job, "auth/token/create");
        assertThat(clients.lives(later)).isFalse();
        step(job);
        assertThat(clients.lives(later)).isFalse();
        vault.close();
    }
}
