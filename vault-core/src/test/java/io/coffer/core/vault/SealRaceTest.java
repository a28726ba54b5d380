// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.SecretClosedException;
import io.coffer.core.TestVault;
import io.coffer.core.VaultSealedException;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SealRaceTest {
    private static final int WORKERS = 6;
    private static final int SEALS = 40;

    /// Each worker counts up in a value of its own. What was acknowledged is there whatever was sealed
    /// meanwhile; what was refused is not.
    @Test
    void sealingAtAnyMomentLosesNothingAndLetsNothingThrough() throws Exception {
        try (ExecutorService log = Executors.newSingleThreadExecutor();
                ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
                TestVault vault =
                        TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 2, 2)) {
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                StorageKey key = key(w);
                counts.add(pool.submit(() -> {
                    int count = 0;
                    while (!over.get()) {
                        count += increment(vault, key) ? 1 : 0;
                    }
                    return count;
                }));
            }
            for (int i = 0; i < SEALS; i++) {
                vault.vault().seal();
                vault.unseal();
            }
            over.set(true);
            for (int w = 0; w < WORKERS; w++) {
                int count = counts.get(w).get();
                StorageKey key = key(w);
                assertThat(vault.vault()
                                .<Integer>unsealed(barrier -> barrier.read(
                                        reader -> number(reader.get(key).orElse(new Plaintext(new byte[4]))))))
                        .isEqualTo(count);
            }
        }
    }

    private static StorageKey key(int worker) {
        return new StorageKey(Scope.SYSTEM, "test/" + worker);
    }

    private static boolean increment(TestVault vault, StorageKey key) {
        try {
            CompletableFuture<Boolean> done = vault.vault()
                    .unsealed(barrier -> barrier.write(writer -> {
                        int now = number(writer.get(key).orElse(new Plaintext(new byte[4])));
                        writer.put(
                                key,
                                new Plaintext(
                                        ByteBuffer.allocate(4).putInt(now + 1).array()));
                        return true;
                    }))
                    .toCompletableFuture();
            return done.handle((yes, fault) -> {
                        assertThat(fault).isIn(null, fault instanceof SecretClosedException ? fault : null);
                        return fault == null;
                    })
                    .join();
        } catch (VaultSealedException sealed) {
            return false;
        }
    }

    private static int number(Plaintext value) {
        return ByteBuffer.wrap(value.bytes()).getInt();
    }
}
