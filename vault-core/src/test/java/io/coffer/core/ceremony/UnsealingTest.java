// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnsealingTest {
    private static final StorageKey SEAL = new StorageKey(Scope.SEAL, "config");
    private static final StorageKey KEYRING = new StorageKey(Scope.KEYRING, "keys");

    private TestVault vault = sealed(5, 3);

    private static TestVault sealed(int shares, int threshold) {
        return new TestVault(TestVault.Setup.over(new MemoryDisk())).initialize(shares, threshold);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Unsealing.Outcome offer(int index) {
        return vault.unsealing().offer(vault.share(index));
    }

    private int progress() {
        return vault.unsealing().progress().shares();
    }

    private static Unsealing.Outcome taken(int index) {
        return new Unsealing.Outcome.Taken(OptionalInt.of(index), 1);
    }

    @Test
    void everyTripleOfFiveSharesOpensInAnyOrderAndNoPairDoes() {
        for (int a = 1; a <= 5; a++) {
            for (int b = 1; b <= 5; b++) {
                for (int c = 1; c <= 5; c++) {
                    if (a == b || b == c || a == c) {
                        continue;
                    }
                    assertThat(offer(a)).isEqualTo(taken(a));
                    assertThat(offer(b)).isEqualTo(taken(b));
                    assertThat(vault.isUnsealed()).isFalse();
                    assertThat(offer(c)).isEqualTo(taken(c));
                    assertThat(vault.isUnsealed()).isTrue();
                    vault.vault().seal();
                }
            }
        }
    }

    @Test
    void aSingleKeyOpens() {
        vault.close();
        vault = sealed(1, 1);
        assertThat(offer(1)).isEqualTo(taken(0));
        assertThat(vault.isUnsealed()).isTrue();
    }

    @Test
    void aVaultWithoutStoreHasNoShares() {
        try (TestVault empty = new TestVault(TestVault.Setup.over(new MemoryDisk()))) {
            assertThat(empty.unsealing().offer(vault.share(1))).isInstanceOf(Unsealing.Outcome.NotInitialized.class);
            assertThat(empty.unsealing().isCurrent(vault.share(1))).isFalse();
            assertThat(empty.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
        }
    }

    @Test
    void aBadShareChangesNothingAndStartsNothing() {
        try (TestVault other =
                new TestVault(TestVault.Setup.over(new MemoryDisk()).random(TestVault.seeded(99))).initialize(5, 3)) {
            Unsealing.Outcome refused = new Unsealing.Outcome.Refused("share 2: not a share of this vault");
            assertThat(vault.unsealing().offer(other.share(2))).isEqualTo(refused);
            assertThat(vault.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
            offer(1);
            String nonce = vault.unsealing().progress().nonce();
            assertThat(vault.unsealing().offer(other.share(2))).isEqualTo(refused);
            assertThat(vault.unsealing().isCurrent(other.share(2))).isFalse();
            assertThat(vault.unsealing().isCurrent(vault.share(2))).isTrue();
            assertThat(progress()).isEqualTo(1);
            assertThat(vault.unsealing().progress().nonce()).isEqualTo(nonce).hasSize(36);
        }
    }

    @Test
    void theSameShareTwiceCountsOnce() {
        offer(2);
        assertThat(offer(2)).isEqualTo(taken(2));
        assertThat(progress()).isEqualTo(1);
        offer(3);
        offer(2);
        offer(3);
        assertThat(progress()).isEqualTo(2);
        assertThat(vault.isUnsealed()).isFalse();
    }

    @Test
    void aResetForgetsAndGivesANewNonce() {
        offer(1);
        offer(2);
        String nonce = vault.unsealing().progress().nonce();
        vault.unsealing().reset();
        vault.unsealing().reset();
        assertThat(vault.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
        offer(3);
        assertThat(progress()).isEqualTo(1);
        assertThat(vault.unsealing().progress().nonce()).isNotEqualTo(nonce);
        offer(1);
        offer(2);
        assertThat(vault.isUnsealed()).isTrue();
    }

    @Test
    void anAbandonedCeremonyExpiresAtItsTime() {
        offer(1);
        assertThat(vault.unsealing().progress().expires())
                .contains(vault.time().now().plus(TestVault.UNSEAL_EXPIRY));
        vault.time().pass(TestVault.UNSEAL_EXPIRY.minusNanos(1));
        offer(2);
        assertThat(progress()).isEqualTo(2);
        vault.time().pass(Duration.ofNanos(1));
        assertThat(progress()).as("a later share does not prolong it").isZero();
        assertThat(offer(3)).isEqualTo(taken(3));
        assertThat(progress()).isEqualTo(1);
    }

    @Test
    void anOpenVaultLooksAtNoShare() {
        vault.unseal();
        assertThat(offer(1)).isEqualTo(new Unsealing.Outcome.Taken(OptionalInt.empty(), 1));
        try (Secret any = Secret.takeFrom(new byte[] {1})) {
            assertThat(vault.unsealing().offer(any)).isEqualTo(new Unsealing.Outcome.Taken(OptionalInt.empty(), 1));
        }
        assertThat(vault.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
    }

    @Test
    void noShareOfBeforeASealCountsAfterIt() {
        vault.unseal();
        vault.vault().seal();
        assertThat(progress()).isZero();
        offer(1);
        offer(2);
        assertThat(vault.isUnsealed()).isFalse();
    }

    @Test
    void sharesThatComeAtOnceOpenTheVaultOnce() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(5)) {
            for (int round = 0; round < 30; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Unsealing.Outcome>> offers = new ArrayList<>();
                for (int x = 1; x <= 5; x++) {
                    int index = x;
                    offers.add(pool.submit(() -> {
                        start.await();
                        return offer(index);
                    }));
                }
                start.countDown();
                for (Future<Unsealing.Outcome> one : offers) {
                    assertThat(one.get()).isInstanceOf(Unsealing.Outcome.Taken.class);
                }
                assertThat(vault.isUnsealed()).isTrue();
                vault.vault().seal();
            }
        }
        assertThat(vault.events().stream().filter(Event.VaultUnsealed.class::isInstance))
                .hasSize(30);
    }

    @Test
    void whileTheDiskHoldsUpTheLastShareTheStatusAnswersAndOthersCountForNothing() throws Exception {
        BlockingQueue<Runnable> disk = new LinkedBlockingQueue<>();
        AtomicBoolean stuck = new AtomicBoolean();
        Executor log = work -> {
            if (stuck.get()) {
                disk.add(work);
            } else {
                work.run();
            }
        };
        vault.close();
        vault = new TestVault(TestVault.Setup.over(new MemoryDisk()).log(log)).initialize(5, 3);
        offer(1);
        offer(2);
        stuck.set(true);
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Unsealing.Outcome> last = pool.submit(() -> offer(3));
            Runnable writing = disk.take();
            assertThat(vault.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
            assertThat(offer(4)).isEqualTo(taken(4));
            assertThat(offer(5)).isEqualTo(taken(5));
            assertThat(progress()).isEqualTo(2);
            assertThat(vault.isUnsealed()).isFalse();
            stuck.set(false);
            writing.run();
            assertThat(last.get()).isEqualTo(taken(3));
        }
        assertThat(vault.isUnsealed()).isTrue();
        vault.vault().seal();
        offer(1);
        assertThat(vault.isUnsealed()).isFalse();
        assertThat(progress()).isEqualTo(1);
    }

    /// Good shares, and a disk that somebody has changed: told to be that, at every byte.
    @Test
    void aChangedKeyringIsToldAndTheVaultStaysSealed() {
        byte[] good = record(KEYRING);
        for (int i = 0; i < good.length; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 4;
            Raw.put(vault.committer(), KEYRING, bent);
            offer(1);
            offer(2);
            if (i < 5) {
                assertThatThrownBy(() -> offer(3)).as("byte %d", i).isInstanceOf(CorruptedException.class);
            } else {
                assertThat(offer(3))
                        .as("byte %d", i)
                        .isEqualTo(new Unsealing.Outcome.Refused(
                                "the shares are good and the root key does not open: the seal record or the keyring was"
                                        + " changed"));
            }
            assertThat(vault.isUnsealed()).isFalse();
            assertThat(vault.unsealing().progress()).isEqualTo(Unsealing.Progress.NONE);
        }
        Raw.put(vault.committer(), KEYRING, good);
        vault.unseal();
    }

    @Test
    void aDamagedSealRecordStartsNothing() {
        byte[] good = record(SEAL);
        for (int i = 0; i < good.length; i += 7) {
            byte[] bent = good.clone();
            bent[i] ^= 4;
            Raw.put(vault.committer(), SEAL, bent);
            assertThatThrownBy(() -> vault.restart(vault.disk()))
                    .as("byte %d", i)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining("the seal record is damaged");
        }
        Raw.put(vault.committer(), SEAL, good);
        vault.restart(vault.disk()).unseal().close();
    }

    private byte[] record(StorageKey key) {
        return vault.committer()
                .read(reader -> reader.get(key).orElseThrow().bytes().clone());
    }
}
