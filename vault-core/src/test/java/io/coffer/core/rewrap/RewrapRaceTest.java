// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Rewraps and rotations while others read and write, and kills at random moments of all that.
class RewrapRaceTest {
    private static final int WRITERS = 64;
    private static final int KEYS = 8;
    private static final int ROUNDS = 20;
    private static final int KILLS = 100;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @Test
    void noAcknowledgedValueIsLostAndNoneIsUnderAnOldTermAfterwards() throws Exception {
        TestVault vault = TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 1, 1);
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<int[]>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(others.submit(() -> write(vault, writer, enough)));
        }
        Future<Integer> reader = others.submit(() -> read(vault, enough));
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(vault.write("sys/rotate", "{\"rewrap\":true}")).isEqualTo(Response.NO_CONTENT);
            assertThat(Moving.runOut(vault)).isFalse();
        }
        enough.set(true);
        assertThat(reader.get()).isPositive();
        List<int[]> last = new ArrayList<>();
        for (Future<int[]> writer : writers) {
            last.add(writer.get());
        }
        vault.write("sys/rewrap", "{}");
        assertThat(Moving.runOut(vault)).isFalse();
        Moving.checkAllMoved(vault);
        check(vault, last);
        try (TestVault again = vault.restart().unseal()) {
            check(again, last);
            Moving.checkCensus(again);
        } finally {
            others.shutdown();
            log.shutdown();
        }
    }

    /// @return the last acknowledged value of each key
    private static int[] write(TestVault vault, int writer, AtomicBoolean enough) {
        int[] last = new int[KEYS];
        for (int n = 1; !enough.get() || n <= KEYS; n++) {
            String path = "one/w" + writer + "/" + n % KEYS;
            assertThat(vault.write(path, "{\"v\":" + n + "}")).isEqualTo(Response.NO_CONTENT);
            last[n % KEYS] = n;
        }
        return last;
    }

    private static int read(TestVault vault, AtomicBoolean enough) {
        int read = 0;
        for (int n = 0; !enough.get(); n++) {
            Response response = vault.read("one/w" + n % WRITERS + "/" + n % KEYS);
            assertThat(response).isNotInstanceOf(Response.Failed.class);
            read++;
        }
        return read;
    }

    private static void check(TestVault vault, List<int[]> last) {
        for (int writer = 0; writer < last.size(); writer++) {
            for (int key = 0; key < KEYS; key++) {
                assertThat(TestVault.text(vault.read("one/w" + writer + "/" + key)))
                        .isEqualTo("{\"v\":" + last.get(writer)[key] + "}");
            }
        }
    }

    @Test
    void theCensusEqualsAFullScanAfterAHundredKills() {
        Random dice = new Random(6);
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        int[] last = new int[KEYS];
        for (int kill = 0; kill < KILLS; kill++) {
            disk.failAt(new Kill(dice.nextInt(25), dice.nextBoolean()));
            live(vault, last, kill);
            disk = disk.reopen();
            vault = vault.restart(disk).unseal();
            Moving.checkCensus(vault);
            for (int key = 0; key < KEYS; key++) {
                int written = last[key];
                String found = TestVault.text(vault.read("one/" + key));
                assertThat(written == 0 || found.matches("\\{\"v\":\\d+\\}"))
                        .as(found)
                        .isTrue();
            }
        }
        vault.write("sys/rotate", "{\"rewrap\":true}");
        assertThat(Moving.runOut(vault)).isFalse();
        Moving.checkAllMoved(vault);
        vault.close();
    }

    /// Writes, rotates and rewraps until the disk fails.
    private static void live(TestVault vault, int[] last, int kill) {
        boolean failed = false;
        for (int n = 0; n < 8 && !failed; n++) {
            int key = (kill + n) % KEYS;
            failed = vault.write("one/" + key, "{\"v\":" + (kill + 1) + "}") instanceof Response.Failed;
            last[key] = failed ? last[key] : kill + 1;
        }
        failed = failed
                || vault.write("sys/rotate", "{\"scope\":\"system\",\"rewrap\":true}") instanceof Response.Failed;
        failed = failed || vault.write("sys/rewrap", "{}") instanceof Response.Failed;
        if (!failed) {
            Moving.runOut(vault);
        }
    }
}
