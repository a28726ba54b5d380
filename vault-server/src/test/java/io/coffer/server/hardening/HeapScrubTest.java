// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HeapScrubTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void garbageThatHeldAKeyIsGoneFromTheWholeHeap() throws Exception {
        for (String heap : List.of("-Xmx128m", "-Xmx512m")) {
            String printed = Child.run(ScrubbedProcess.class, "-XX:+UseSerialGC", heap, "-XX:+ExitOnOutOfMemoryError");
            assertThat(printed).as(heap).containsPattern("before [1-9]\\d{3}\n").endsWith("after 0\n");
        }
    }

    /// The daemon runs with this flag: one `OutOfMemoryError`, even one that is caught, would be its end.
    @Test
    void noOtherThreadMeetsAFullHeap() throws Exception {
        assertThat(Child.run(BusyProcess.class, "-XX:+UseSerialGC", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError"))
                .isEqualTo("alive true true\n");
    }

    @Test
    void onlySealingStartsAScrub() {
        var count = new AtomicInteger();
        var scrub = new HeapScrub(count::incrementAndGet);
        scrub.observe(new Event.VaultUnsealed(1));
        scrub.observe(new Event.VaultInitialized(5, 3));
        scrub.observe(new Event.JobFailed("rewrap", "because"));
        assertThat(count).hasValue(0);
    }

    @Test
    void scrubsNeverOverlapAndAtMostOneWaits() throws Exception {
        var running = new AtomicInteger();
        var begun = new Semaphore(0);
        var go = new CountDownLatch(1);
        var overlap = new AtomicInteger();
        var scrub = new HeapScrub(() -> {
            overlap.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.release();
            await(go);
            running.decrementAndGet();
        });
        scrub.observe(new Event.VaultSealed(true));
        begun.acquire();
        for (int i = 0; i < 100; i++) {
            scrub.observe(new Event.VaultSealed(false));
        }
        go.countDown();
        begun.acquire();
        assertThat(begun.tryAcquire()).isFalse();
        assertThat(overlap).hasValue(1);
    }

    @Test
    void afterTheEndNoScrubStarts() {
        var count = new AtomicInteger();
        var scrub = new HeapScrub(count::incrementAndGet);
        scrub.close();
        scrub.observe(new Event.VaultSealed(true));
        assertThat(count).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
