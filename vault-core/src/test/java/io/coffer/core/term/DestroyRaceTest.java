// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Keys are destroyed while 64 writers are in flight: nothing acknowledged is ever under a key that is gone. More:
/// {@code -Dcoffer.destructions=200}.
class DestroyRaceTest {
    private static final int ROUNDS = Integer.getInteger("coffer.destructions", 10);
    private static final int WRITERS = 64;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService others = Executors.newFixedThreadPool(WRITERS);
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 1, 1);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);

    @AfterEach
    void close() {
        others.shutdownNow();
        vault.close();
        log.shutdown();
    }

    /// Writes until told to stop, or until its mount is gone.
    private List<Future<?>> start(String mount) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            running.add(others.submit(() -> {
                for (int n = 1; !enough.get(); n++) {
                    if (!vault.write(mount + "/" + writer, "{\"v\":" + n + "}").equals(Response.NO_CONTENT)) {
                        return;
                    }
                    acknowledged.set(writer, n);
                }
            }));
        }
        return running;
    }

    private void awaitWrites() {
        for (int i = 0; i < WRITERS; i++) {
            while (acknowledged.get(i) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void everyAcknowledgedValueReadsAfterEachDestruction() throws Exception {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        Scope scope = KeyJobs.scope(vault, "one/");
        List<Future<?>> running = start("one");
        awaitWrites();
        KeyJobs jobs = new KeyJobs(vault);
        for (int term = 1; term <= ROUNDS; term++) {
            KeyTerm old = new KeyTerm(term);
            assertThat(vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}"))
                    .isEqualTo(Response.NO_CONTENT);
            KeyJobs.rewrap(vault, scope);
            vault.change(writer -> Destructions.ask(
                    writer, scope, "one/", old, vault.time().now(), vault.time().now()));
            jobs.run();
            assertThat(KeyJobs.states(vault, scope).get(term - 1)).isEqualTo("destroyed");
            for (int i = 0; i < WRITERS; i++) {
                assertThat(vault.read("one/" + i)).isInstanceOf(Response.Ok.class);
            }
        }
        enough.set(true);
        for (Future<?> one : running) {
            one.get();
        }
        for (int i = 0; i < WRITERS; i++) {
            assertThat(TestVault.text(vault.read("one/" + i))).isEqualTo("{\"v\":" + acknowledged.get(i) + "}");
        }
        assertThat(KeyJobs.live(vault, scope)).containsOnlyKeys(ROUNDS + 1);
        KeyJobs.assertCounted(vault);
    }

    @Test
    void ofADisabledMountNothingIsLeftWhateverWasInFlight() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            vault.write("sys/mounts/gone", "{\"type\":\"kv\"}");
            Scope scope = KeyJobs.scope(vault, "gone/");
            List<Future<?>> running = start("gone");
            awaitWrites();
            assertThat(vault.delete("sys/mounts/gone")).isEqualTo(Response.NO_CONTENT);
            for (Future<?> one : running) {
                one.get();
            }
            new KeyJobs(vault).run();
            boolean empty = vault.committer()
                    .read(reader -> reader.scan(Folder.of(scope), "", 1).items().isEmpty());
            assertThat(empty).isTrue();
            assertThat(vault.committer().census(scope)).isEmpty();
            assertThat(vault.read("sys/receipts/" + scope)).isInstanceOf(Response.Ok.class);
            for (int i = 0; i < WRITERS; i++) {
                acknowledged.set(i, 0);
            }
        }
        KeyJobs.assertCounted(vault);
    }
}
