// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static io.coffer.core.barrier.Store.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyringsTest {
    private static final StorageKey KEY = new StorageKey(ONE, "a");

    private static Keyring keyring(Store store) {
        return store.barrier.survey(
                reader -> ((OpenSnapshot) reader).keyring(ONE).orElseThrow());
    }

    @Test
    void aKeyringIsKeptUntilItsRecordChanges() {
        try (Store store = new Store()) {
            Keyring first = keyring(store);
            store.put(KEY, "x");
            assertThat(keyring(store)).isSameAs(first);
            DataKey key = first.key(KeyTerm.FIRST).orElseThrow();
            store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
            Keyring second = keyring(store);
            assertThat(second.primary()).isEqualTo(new KeyTerm(2));
            assertThat(second.key(KeyTerm.FIRST)).as("its ciphers live on").containsSame(key);
            assertThat(keyring(store)).isSameAs(second);
        }
    }

    @Test
    void anOlderSnapshotHasTheOlderKeyring() {
        try (Store store = new Store()) {
            store.put(KEY, "old");
            store.barrier.survey(reader -> {
                store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
                store.put(KEY, "new");
                assertThat(reader.get(KEY).map(Store::text)).hasValue("old");
                assertThat(((OpenSnapshot) reader).keyring(ONE).orElseThrow().primary())
                        .isEqualTo(KeyTerm.FIRST);
                return true;
            });
            assertThat(keyring(store).primary()).isEqualTo(new KeyTerm(2));
            assertThat(store.get(KEY)).isEqualTo("new");
        }
    }

    @Test
    void aWriteInFlightWhenItsKeyringRotatesRunsAgainUnderTheNewTerm() {
        try (Store store = new Store()) {
            AtomicInteger runs = new AtomicInteger();
            store.change(writer -> {
                writer.put(KEY, Store.plain("run " + runs.incrementAndGet()));
                if (runs.get() == 1) {
                    store.change(other -> other.rotate(ONE, Instant.EPOCH));
                }
            });
            assertThat(runs).hasValue(2);
            assertThat(new Ciphertext(store.raw(KEY)).term()).isEqualTo(2);
            assertThat(store.get(KEY)).isEqualTo("run 2");
        }
    }

    @Test
    void aWriteInFlightWhenItsScopeIsRemovedCommitsNothing() {
        try (Store store = new Store()) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> store.change(writer -> {
                        int run = runs.incrementAndGet();
                        writer.put(KEY, Store.plain("x"));
                        if (run == 1) {
                            store.change(other -> other.removeScope(ONE));
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(runs).hasValue(2);
            assertThat(store.committer.<Boolean>read(reader -> reader.get(KEY).isEmpty()))
                    .isTrue();
        }
    }

    @Test
    void aReadThatDecidesAWriteIsOfTheSameKeyring() {
        try (Store store = new Store()) {
            store.put(KEY, "1");
            AtomicInteger runs = new AtomicInteger();
            StorageKey other = new StorageKey(Store.OTHER, "copy");
            store.change(writer -> {
                String seen = writer.get(KEY).map(Store::text).orElse("nothing");
                if (runs.incrementAndGet() == 1) {
                    store.change(remover -> remover.removeScope(ONE));
                }
                writer.put(other, Store.plain(seen));
            });
            assertThat(runs).hasValue(2);
            assertThat(store.get(other)).isEqualTo("nothing");
        }
    }

    @Test
    void twoWhoGiveAScopeItsKeyringGiveItOne() {
        try (Store store = new Store()) {
            Scope made = new Scope("made");
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> store.change(writer -> {
                        writer.createKeyring(made, Instant.EPOCH);
                        if (runs.incrementAndGet() == 1) {
                            store.change(other -> other.createKeyring(made, Instant.EPOCH));
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(runs).as("the second run saw it at once").hasValue(1);
        }
    }

    /// Writers go on while terms come and, at the end, the whole scope goes.
    @Test
    void nothingAcknowledgedIsEverUnderAKeyThatIsGone() throws Exception {
        try (ExecutorService log = Executors.newSingleThreadExecutor();
                ExecutorService pool = Executors.newFixedThreadPool(8);
                Store store = new Store(log)) {
            CountDownLatch start = new CountDownLatch(1);
            AtomicInteger refused = new AtomicInteger();
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 8; w++) {
                StorageKey key = new StorageKey(ONE, "w" + w);
                writers.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 200; i++) {
                        try {
                            store.put(key, "value " + i);
                            assertThat(store.get(key)).isIn("value " + i, "nothing");
                        } catch (IllegalStateException removed) {
                            refused.incrementAndGet();
                        }
                    }
                    return true;
                }));
            }
            start.countDown();
            for (int i = 0; i < 20; i++) {
                store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
            }
            store.change(writer -> writer.removeScope(ONE));
            for (Future<?> writer : writers) {
                writer.get();
            }
            boolean empty = store.committer.read(reader -> reader.scan(io.coffer.core.storage.Folder.of(ONE), "", 10)
                    .items()
                    .isEmpty());
            assertThat(empty).as("refused %d", refused.get()).isTrue();
        }
    }

    @Test
    void everyKeyThatWasOpenedIsClosedInTheEnd() throws Exception {
        Store store = new Store();
        List<Keyring> seen = new ArrayList<>();
        seen.add(keyring(store));
        store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
        seen.add(keyring(store));
        store.reopen();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Keyring>> loads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                loads.add(pool.submit(() -> {
                    start.await();
                    return keyring(store);
                }));
            }
            start.countDown();
            for (Future<Keyring> load : loads) {
                seen.add(load.get());
            }
        }
        store.change(writer -> {
            writer.rotate(ONE, Instant.EPOCH);
            seen.add(((OpenTransaction) writer).keyring(ONE).orElseThrow());
        });
        CompletableFuture<Boolean> failed = store.barrier
                .<Boolean>govern(writer -> {
                    writer.rotate(ONE, Instant.EPOCH);
                    seen.add(((OpenTransaction) writer).keyring(ONE).orElseThrow());
                    throw new IllegalStateException("not so");
                })
                .toCompletableFuture();
        assertThat(failed).isCompletedExceptionally();
        store.close();
        for (Keyring keyring : seen) {
            keyring.terms()
                    .forEach(info -> assertClosed(keyring.key(info.term()).orElseThrow()));
        }
    }

    @Test
    void theKeysOfAScopeThatIsGoneAreClosedWhenItIsForgotten() {
        try (Store store = new Store()) {
            Keyring gone = keyring(store);
            store.change(writer -> writer.removeScope(ONE));
            store.barrier.keyrings().forget(ONE);
            assertClosed(gone.key(KeyTerm.FIRST).orElseThrow());
            store.put(new StorageKey(Store.OTHER, "a"), "x");
        }
    }

    @Test
    void aDestroyedKeyIsClosedAlsoIfNobodyHasUsedTheScopeSince() {
        try (Store store = new Store()) {
            DataKey key = keyring(store).key(KeyTerm.FIRST).orElseThrow();
            store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
            store.change(writer -> writer.destroy(ONE, KeyTerm.FIRST));
            store.barrier.closeDestroyed(ONE);
            assertClosed(key);
            store.put(KEY, "x");
            assertThat(store.get(KEY)).isEqualTo("x");
        }
    }

    @Test
    void aKeyThatARotationIsAboutToAddIsNotClosedWithTheDestroyedOnes() {
        try (Store store = new Store()) {
            store.change(writer -> {
                writer.rotate(ONE, Instant.EPOCH);
                store.barrier.closeDestroyed(ONE);
                writer.put(KEY, Store.plain("under the new key"));
            });
            assertThat(store.get(KEY)).isEqualTo("under the new key");
        }
    }

    private static void assertClosed(DataKey key) {
        assertThatThrownBy(() -> key.aead().encrypt(new byte[24], new byte[1], new byte[0]))
                .isInstanceOf(SecretClosedException.class);
    }
}
