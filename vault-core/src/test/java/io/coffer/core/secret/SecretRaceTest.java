// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.SecretClosedException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// One thread closes, others read at that moment, and the slot is at once another secret's.
class SecretRaceTest {
    private static final int ROUNDS = 60_000;
    private static final int LENGTH = 64;

    /// A secret and the byte that it is full of.
    private record Current(Secret secret, byte content) {}

    @Test
    void aReaderGetsAllTheBytesOrARefusalNeverZerosAndNeverAnothersBytes() throws Exception {
        var current = new AtomicReference<>(filled(1));
        var done = new AtomicBoolean();
        var refused = new AtomicInteger();
        Callable<Integer> reader = () -> readUntil(done, current, refused);
        try (var readers = Executors.newFixedThreadPool(2)) {
            var first = readers.submit(reader);
            var second = readers.submit(reader);
            boolean running = true;
            for (int round = 0; running && (round < ROUNDS || refused.get() < 100); round++) {
                var old = current.getAndSet(filled(1 + round % 120));
                old.secret().close();
                running = !first.isDone() && !second.isDone();
            }
            done.set(true);
            assertThat(first.get() + second.get()).as("secrets read").isPositive();
        }
        current.get().secret().close();
    }

    private static Current filled(int content) {
        var bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) content);
        return new Current(Secret.takeFrom(bytes), (byte) content);
    }

    private static int readUntil(AtomicBoolean done, AtomicReference<Current> current, AtomicInteger refused) {
        int read = 0;
        while (!done.get()) {
            var target = current.get();
            try {
                for (int i = 0; i < 20; i++) {
                    for (byte b : target.secret().copy()) {
                        assertThat(b == target.content())
                                .as("a byte of another secret or a zero: %d instead of %d", b, target.content())
                                .isTrue();
                    }
                    read++;
                }
            } catch (SecretClosedException closed) {
                refused.incrementAndGet();
            }
        }
        return read;
    }
}
