// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.VaultSealedException;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "test/a");

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
        pool.shutdownNow();
    }

    private static CompletableFuture<Boolean> put(Barrier barrier, String text) {
        return barrier.write(writer -> {
                    writer.put(KEY, new Plaintext(text.getBytes(StandardCharsets.UTF_8)));
                    return true;
                })
                .toCompletableFuture();
    }

    private static String get(Barrier barrier) {
        return barrier.read(reader -> reader.get(KEY)
                .map(value -> new String(value.bytes(), StandardCharsets.UTF_8))
                .orElse("nothing"));
    }

    private long told(Class<? extends Event> kind) {
        return vault.events().stream().filter(kind::isInstance).count();
    }

    @Test
    void onlyAnOpenVaultLendsItsBarrier() {
        vault.vault().unsealed(barrier -> put(barrier, "x").join());
        vault.vault().seal();
        assertThatThrownBy(() -> vault.vault().unsealed(barrier -> true)).isInstanceOf(VaultSealedException.class);
        try (TestVault empty = new TestVault(TestVault.Setup.over(new MemoryDisk()))) {
            assertThat(empty.vault().state()).isInstanceOf(VaultState.Uninitialized.class);
            assertThatThrownBy(() -> empty.vault().unsealed(barrier -> true)).isInstanceOf(VaultSealedException.class);
            empty.vault().seal();
            assertThat(empty.events()).isEmpty();
        }
    }

    @Test
    void sealingTwiceAndUnsealingTwiceDoNothingMore() {
        vault.unseal();
        assertThat(told(Event.VaultUnsealed.class)).isEqualTo(1);
        vault.vault().seal();
        vault.vault().seal();
        assertThat(vault.events()).containsOnlyOnce(new Event.VaultSealed(true));
    }

    @Test
    void whoeverLeavesTheDoorByAnExceptionHasLeft() {
        assertThatThrownBy(() -> vault.vault().unsealed(barrier -> {
                    throw new IllegalStateException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class);
        vault.vault().seal();
        assertThat(vault.events()).contains(new Event.VaultSealed(true));
    }

    @Test
    void aVisitInsideAVisitIsCountedToo() {
        assertThat(vault.vault().<String>unsealed(outer -> vault.vault().unsealed(VaultTest::get)))
                .isEqualTo("nothing");
        vault.vault().seal();
        assertThat(vault.events()).contains(new Event.VaultSealed(true));
    }

    @Test
    void sealingRefusesAtOnceAndWaitsForThoseInside() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<String> visit = pool.submit(() -> vault.vault().unsealed(barrier -> {
            inside.countDown();
            await(leave);
            put(barrier, "written while sealing").join();
            return get(barrier);
        }));
        inside.await();
        CompletableFuture<Void> sealing =
                CompletableFuture.runAsync(() -> vault.vault().seal(), pool);
        while (vault.isUnsealed()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> vault.vault().unsealed(barrier -> true)).isInstanceOf(VaultSealedException.class);
        leave.countDown();
        sealing.join();
        assertThat(visit.get()).isEqualTo("written while sealing");
        assertThat(vault.events()).contains(new Event.VaultSealed(true));
        vault.unseal();
        assertThat(vault.vault().unsealed(VaultTest::get)).isEqualTo("written while sealing");
    }

    @Test
    void whoeverIsStuckInsideFindsTheKeysClosedAndNothingIsAccepted() throws Exception {
        vault.vault().unsealed(barrier -> put(barrier, "before").join());
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Boolean> stuck = pool.submit(() -> vault.vault().unsealed(barrier -> {
            inside.countDown();
            await(leave);
            assertNoKeyIsUsable(barrier);
            return true;
        }));
        Future<Boolean> stuckInATransaction =
                pool.submit(() -> vault.vault().unsealed(barrier -> barrier.write(writer -> {
                            inside.countDown();
                            await(leave);
                            writer.put(KEY, new Plaintext(new byte[] {1}));
                            return true;
                        })
                        .toCompletableFuture()
                        .isCompletedExceptionally()));
        inside.await();
        vault.vault().seal();
        assertThat(vault.events()).contains(new Event.VaultSealed(false));
        leave.countDown();
        assertThat(stuck.get()).isTrue();
        assertThat(stuckInATransaction.get()).isTrue();
        vault.unseal();
        assertThat(vault.vault().unsealed(VaultTest::get)).isEqualTo("before");
    }

    private static void assertNoKeyIsUsable(Barrier barrier) {
        List<Runnable> uses = List.of(
                () -> get(barrier),
                () -> barrier.prove(),
                () -> rethrow(put(barrier, "after")),
                () -> rethrow(barrier.govern(writer -> {
                            writer.createKeyring(new Scope("late"), Instant.EPOCH);
                            return true;
                        })
                        .toCompletableFuture()),
                () -> rethrow(barrier.govern(writer -> {
                            writer.rotate(Scope.SYSTEM, Instant.EPOCH);
                            return true;
                        })
                        .toCompletableFuture()));
        for (Runnable use : uses) {
            assertThatThrownBy(use::run).isInstanceOf(SecretClosedException.class);
        }
    }

    private static void rethrow(CompletableFuture<?> failed) {
        if (failed.exceptionNow() instanceof RuntimeException fault) {
            throw fault;
        }
        throw new AssertionError(failed.exceptionNow());
    }

    @Test
    void aBarrierThatSomebodyKeptIsOfNoUseAfterASeal() {
        Barrier kept = vault.vault().unsealed(barrier -> {
            put(barrier, "x").join();
            return barrier;
        });
        vault.vault().seal();
        assertNoKeyIsUsable(kept);
        vault.unseal();
        assertNoKeyIsUsable(kept);
    }

    @Test
    void whatWasAcceptedBeforeASealCommits() {
        vault.close();
        Queue<Runnable> log = new ArrayDeque<>();
        TestVault later = new TestVault(TestVault.Setup.over(vault.disk()).log(log::add));
        vault.shares().subList(0, 3).forEach(later.unsealing()::offer);
        CompletableFuture<Boolean> accepted = later.vault().unsealed(barrier -> put(barrier, "accepted"));
        later.vault().seal();
        assertThat(accepted).isNotDone();
        while (!log.isEmpty()) {
            log.remove().run();
        }
        assertThat(accepted).isCompletedWithValue(true);
        later.close();
        try (TestVault again = vault.restart(vault.disk()).unseal()) {
            assertThat(again.vault().unsealed(VaultTest::get)).isEqualTo("accepted");
        }
    }

    @Test
    void aKeyOfAnotherStoreOpensNothing() {
        vault.vault().seal();
        try (Secret foreign = Secret.takeFrom(new byte[32])) {
            assertThatThrownBy(() -> vault.vault().unseal(1, foreign, barrier -> {
                        throw new AssertionError("prepared");
                    }))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
        assertThat(vault.isUnsealed()).isFalse();
    }

    @Test
    void aPreparationThatFailsLeavesTheVaultSealedAndItsKeysClosed() {
        try (TestVault single = TestVault.open(TestVault.Setup.over(new MemoryDisk()), 1, 1)) {
            single.vault().unsealed(barrier -> put(barrier, "x").join());
            single.vault().seal();
            List<Barrier> seen = new ArrayList<>();
            assertThatThrownBy(() -> single.vault().unseal(1, single.share(1), barrier -> {
                        seen.add(barrier);
                        throw new StorageUnavailableException("no disk");
                    }))
                    .isInstanceOf(StorageUnavailableException.class);
            assertThat(single.isUnsealed()).isFalse();
            assertNoKeyIsUsable(seen.getFirst());
            single.unseal();
        }
    }

    @Test
    void whatIsDamagedAtUnsealingIsNamedAndNothingElseThatFailsThereIs() {
        CorruptedException damage = new CorruptedException("record x is damaged");
        for (RuntimeException failure :
                List.of(damage, new CompletionException(damage), new IllegalStateException("a value"))) {
            vault.vault().whenUnsealed(generation -> {
                throw failure;
            });
        }
        vault.vault().seal();
        vault.unseal();
        assertThat(vault.events())
                .filteredOn(Event.JobFailed.class::isInstance)
                .containsExactly(
                        new Event.JobFailed("at sealing or unsealing", "record x is damaged"),
                        new Event.JobFailed("at sealing or unsealing", "record x is damaged"),
                        new Event.JobFailed("at sealing or unsealing", "java.lang.IllegalStateException"));
    }

    @Test
    void sealingKeepsAnInterruptForItsCaller() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Boolean> visit = pool.submit(() -> vault.vault().unsealed(barrier -> {
            inside.countDown();
            await(leave);
            return true;
        }));
        inside.await();
        Thread.currentThread().interrupt();
        vault.vault().seal();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(vault.isUnsealed()).isFalse();
        leave.countDown();
        assertThat(visit.get()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
