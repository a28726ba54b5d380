// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Rotations while others read and write, and while others rotate. More: {@code -Dcoffer.rotations=200}.
class RotationRaceTest {
    private static final int ROTATIONS = Integer.getInteger("coffer.rotations", 40);
    private static final int WRITERS = 4;
    private static final int READERS = 2;
    private static final int KEYS = 8;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService others = Executors.newCachedThreadPool();

    private TestVault open() {
        return TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 3, 2);
    }

    @Test
    void noRequestFailsAndEveryAcknowledgedValueReadsBeforeAndAfterARestart() throws Exception {
        TestVault vault = open();
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int key = 0; key < KEYS; key++) {
                write(vault, writer, key, 0);
            }
        }
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<int[]>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(others.submit(() -> write(vault, writer, enough)));
        }
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(others.submit(() -> read(vault, enough)));
        }
        for (int i = 0; i < ROTATIONS; i++) {
            assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        }
        enough.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
        assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(ROTATIONS + 1);
        List<int[]> acknowledged = new ArrayList<>();
        for (Future<int[]> writer : writers) {
            acknowledged.add(writer.get());
        }
        check(vault, acknowledged);
        try (TestVault again = vault.restart().unseal()) {
            check(again, acknowledged);
        } finally {
            others.shutdown();
            log.shutdown();
        }
    }

    @Test
    void eachOfManyRotationsAtOnceIsOneTerm() throws Exception {
        try (TestVault vault = open()) {
            Callable<Response> rotate = () -> vault.write("sys/rotate", "");
            for (Future<Response> rotated : others.invokeAll(List.of(rotate, rotate, rotate, rotate, rotate))) {
                assertThat(rotated.get()).isEqualTo(Response.NO_CONTENT);
            }
            assertThat(RotationTest.terms(vault.vault())).containsEntry("system", 6);
            assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(6);
        } finally {
            others.shutdown();
            log.shutdown();
        }
    }

    /// @return the last value of each key
    private static int[] write(TestVault vault, int writer, AtomicBoolean enough) {
        int[] last = new int[KEYS];
        for (int n = 1; !enough.get(); n++) {
            write(vault, writer, n % KEYS, n);
            last[n % KEYS] = n;
        }
        return last;
    }

    private static void write(TestVault vault, int writer, int key, int value) {
        assertThat(vault.write("one/w" + writer + "/" + key, "{\"v\":" + value + "}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    private static int read(TestVault vault, AtomicBoolean enough) {
        int read = 0;
        while (!enough.get()) {
            assertThat(TestVault.text(vault.read("one/w" + read % WRITERS + "/" + read % KEYS)))
                    .startsWith("{\"v\":");
            read++;
        }
        return read;
    }

    private static void check(TestVault vault, List<int[]> acknowledged) {
        for (int writer = 0; writer < acknowledged.size(); writer++) {
            for (int key = 0; key < KEYS; key++) {
                assertThat(TestVault.text(vault.read("one/w" + writer + "/" + key)))
                        .isEqualTo("{\"v\":" + acknowledged.get(writer)[key] + "}");
            }
        }
    }
}
