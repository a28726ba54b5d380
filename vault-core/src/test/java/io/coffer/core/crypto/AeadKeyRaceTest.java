// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Threads encrypt while another closes the key: all that was encrypted opens under the true key.
class AeadKeyRaceTest {
    private static final int ROUNDS = 150;
    private static final int WRITERS = 3;
    private static final byte[] PLAINTEXT = new byte[48];
    private static final byte[] PLACE = {1, 2, 3};

    @ParameterizedTest
    @EnumSource
    void nothingIsEverEncryptedUnderZerosOrHalfAKey(Algorithm algorithm) throws Exception {
        var random = new SecureRandom();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (var secret = Secret.random(Algorithm.KEY_BYTES, random);
                        var witness = AeadKey.of(algorithm, secret)) {
                    closeWhileWriting(threads, AeadKey.of(algorithm, secret), witness, round % 4);
                }
            }
        }
    }

    /// Closes after so many messages, or at once.
    private static void closeWhileWriting(ExecutorService threads, AeadKey key, AeadKey witness, int messages)
            throws Exception {
        var start = new CyclicBarrier(WRITERS + 1);
        var written = new CountDownLatch(messages);
        var writers = new ArrayList<Future<?>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int id = writer;
            writers.add(threads.submit(() -> {
                start.await();
                writeUntilClosed(key, witness, id, written);
                return null;
            }));
        }
        start.await();
        assertThat(written.await(1, TimeUnit.MINUTES))
                .as("messages before closing")
                .isTrue();
        key.close();
        for (var writer : writers) {
            writer.get();
        }
    }

    private static void writeUntilClosed(AeadKey key, AeadKey witness, int writer, CountDownLatch written) {
        for (int count = 0; ; count++) {
            var nonce = ByteBuffer.allocate(key.algorithm().nonceBytes())
                    .putInt(writer)
                    .putInt(count)
                    .array();
            try {
                var message = key.encrypt(nonce, PLAINTEXT, PLACE);
                written.countDown();
                assertThat(witness.decrypt(nonce, message, PLACE)).isEqualTo(PLAINTEXT);
                assertThat(key.decrypt(nonce, message, PLACE)).isEqualTo(PLAINTEXT);
            } catch (SecretClosedException closed) {
                return;
            }
        }
    }
}
