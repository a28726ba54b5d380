// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Rekeys of all sizes while others read and write.
class RekeyLoadTest {
    private static final int USERS = 3;
    private static final int[][] SIZES = {{4, 2}, {1, 1}, {255, 128}, {5, 3}};

    @Test
    void nobodyNoticesARekeyAndAfterARestartTheNewSharesAloneOpenTheStore() throws Exception {
        ExecutorService log = Executors.newSingleThreadExecutor();
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        TestVault.Setup setup = TestVault.Setup.over(new MemoryDisk()).log(log);
        TestVault vault = TestVault.open(setup, 5, 3);
        try {
            vault.write("sys/mounts/secret", "{\"type\":\"kv\"}");
            List<Secret> now = vault.shares();
            for (int round = 0; round < SIZES.length; round++) {
                List<Secret> former = now;
                now = underLoad(vault, users, SIZES[round], former);
                vault = vault.restart();
                assertRefused(vault, former, round + 1);
                assertThat(Asking.opens(vault, now.subList(0, SIZES[round][1]))).isTrue();
                for (int user = 0; user < USERS; user++) {
                    assertThat(TestVault.text(vault.read("secret/" + user))).startsWith("{\"v\":");
                }
            }
        } finally {
            vault.close();
            users.shutdownNow();
            log.shutdown();
        }
    }

    private static void assertRefused(TestVault vault, List<Secret> former, int generation) {
        for (int i = 0; i < former.size(); i++) {
            String share = former.size() == 1 ? "key" : "share " + (i + 1);
            assertThat(vault.unsealing().offer(former.get(i)))
                    .isEqualTo(new Unsealing.Outcome.Refused(share + ": a share of generation " + generation
                            + "; the current one is " + (generation + 1)));
        }
    }

    /// Rekeys while others read and write.
    ///
    /// @return the new shares
    private static List<Secret> underLoad(TestVault vault, ExecutorService users, int[] size, List<Secret> shares)
            throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        List<Future<?>> running = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            String path = "secret/" + user;
            running.add(users.submit(() -> use(vault, path, stop, done, failed)));
        }
        List<Secret> fresh = rekeyed(vault, size[0], size[1], shares);
        int before = done.get();
        while (done.get() < before + 20 && failed.isEmpty()) {
            Thread.onSpinWait();
        }
        stop.set(true);
        for (Future<?> one : running) {
            one.get();
        }
        assertThat(failed).isEmpty();
        return fresh;
    }

    private static void use(
            TestVault vault, String path, AtomicBoolean stop, AtomicInteger done, Queue<String> failed) {
        for (int i = 0; !stop.get(); i++) {
            Response written = vault.write(path, "{\"v\":" + i + "}");
            String read = TestVault.text(vault.read(path));
            if (!written.equals(Response.NO_CONTENT) || !read.equals("{\"v\":" + i + "}")) {
                failed.add(written + " " + read);
                return;
            }
            done.incrementAndGet();
        }
    }

    private static List<Secret> rekeyed(TestVault vault, int count, int threshold, List<Secret> shares) {
        Response last = Asking.root(vault).rekey(count, threshold, "", shares);
        Asking.arrived(last);
        RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
        PurgeJob purge = new PurgeJob(vault.disk(), Runnable::run, vault.events()::add);
        boolean more = true;
        while (more) {
            more = vault.vault().unsealed(rekey::step).isPresent();
            more |= vault.vault().unsealed(purge::step).isPresent();
        }
        return Asking.shares(last);
    }
}
