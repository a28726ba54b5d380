// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static io.coffer.core.barrier.Store.ONE;
import static io.coffer.core.barrier.Store.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.OverloadedException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BarrierTest {
    private static final StorageKey KEY = new StorageKey(ONE, "data/app");

    private final Store store = new Store();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyBentByteOfAnEntryIsAnErrorThatNamesTheKey() {
        store.put(KEY, "the value");
        byte[] good = store.raw(KEY);
        for (int i = 0; i < good.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] bent = good.clone();
                bent[i] ^= (byte) bit;
                store.putRaw(KEY, bent);
                assertCorrupted("byte " + i + " bit " + bit);
            }
        }
        store.putRaw(KEY, good);
        assertThat(store.get(KEY)).isEqualTo("the value");
    }

    @Test
    void anEntryCutOrGrownAnywhereIsAnErrorThatNamesTheKey() {
        store.put(KEY, "the value");
        byte[] good = store.raw(KEY);
        for (int length = 0; length <= good.length + 20; length++) {
            if (length != good.length) {
                store.putRaw(KEY, Arrays.copyOf(good, length));
                assertCorrupted("length " + length);
            }
        }
    }

    @Test
    void anEmptyValueIsAValue() {
        store.put(KEY, "");
        assertThat(store.get(KEY)).isEmpty();
        byte[] good = store.raw(KEY);
        for (int i = 0; i < good.length; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 1;
            store.putRaw(KEY, bent);
            assertCorrupted("byte " + i);
        }
    }

    private void assertCorrupted(String what) {
        assertThatThrownBy(() -> store.get(KEY))
                .as(what)
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining(KEY.toString());
    }

    @Test
    void anEntryOpensNowhereElse() {
        store.put(KEY, "the value");
        byte[] entry = store.raw(KEY);
        for (StorageKey other : List.of(
                new StorageKey(ONE, "data/app2"),
                new StorageKey(ONE, "data/ap"),
                new StorageKey(ONE, "dataapp"),
                new StorageKey(OTHER, "data/app"),
                new StorageKey(Scope.SYSTEM, "data/app"))) {
            store.putRaw(other, entry);
            assertThatThrownBy(() -> store.get(other))
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining(other.toString());
        }
    }

    @Test
    void anEntryOpensUnderNoOtherTerm() {
        store.put(KEY, "the value");
        store.change(writer -> writer.rotate(ONE, Instant.EPOCH));
        byte[] entry = store.raw(KEY);
        for (int term : new int[] {2, 3, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            byte[] moved = entry.clone();
            System.arraycopy(
                    new byte[] {(byte) (term >> 24), (byte) (term >> 16), (byte) (term >> 8), (byte) term},
                    0,
                    moved,
                    1,
                    4);
            store.putRaw(KEY, moved);
            assertCorrupted("term " + term);
        }
        store.putRaw(KEY, entry);
        assertThat(store.get(KEY)).isEqualTo("the value");
    }

    /// The same keys, so only the store's id differs.
    @Test
    void anEntryOpensInNoOtherStore() {
        store.put(KEY, "the value");
        try (Barrier other = store.open(new StoreId(1, 3), 1)) {
            assertThatThrownBy(() -> other.read(reader -> reader.get(KEY)))
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThatThrownBy(other::prove).isInstanceOf(AuthenticationFailedException.class);
        }
        byte[] plain = "the value".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        EntryFormat here = store.barrier.entries();
        EntryFormat there = new EntryFormat(new StoreId(1, 3));
        store.barrier.survey(reader -> {
            var keyring = ((OpenSnapshot) reader).keyring(ONE).orElseThrow();
            Ciphertext entry = here.encrypt(keyring, KEY, plain, store.random);
            assertThat(here.decrypt(keyring, KEY, entry)).isEqualTo(plain);
            assertThatThrownBy(() -> there.decrypt(keyring, KEY, entry)).isInstanceOf(CorruptedException.class);
            return true;
        });
    }

    @Test
    void aValueOfAScopeWithoutKeyringIsAnError() {
        store.put(KEY, "the value");
        StorageKey foreign = new StorageKey(new Scope("nobody"), "x");
        store.putRaw(foreign, store.raw(KEY));
        assertThatThrownBy(() -> store.get(foreign))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining(foreign.toString());
        assertThatThrownBy(() -> store.put(foreign, "x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aValueAndItsNameAreNotInTheEntry() {
        store.put(KEY, "a value to look for");
        assertThat(new String(store.raw(KEY), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("a value to look for");
    }

    @Test
    void theSameValueTwiceIsNeverTheSameEntry() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] entry = store.barrier.survey(reader -> store.barrier
                    .entries()
                    .encrypt(((OpenSnapshot) reader).keyring(ONE).orElseThrow(), KEY, new byte[0], store.random)
                    .bytes());
            assertThat(nonces.add(HexFormat.of().formatHex(entry, 5, 29)))
                    .as("entry %d", i)
                    .isTrue();
        }
    }

    @Test
    void keysAndSealAreNoValues() {
        for (Scope scope : List.of(Scope.SEAL, Scope.KEYRING, Scope.KEYS)) {
            StorageKey key = new StorageKey(scope, "keys");
            Folder folder = Folder.of(scope);
            assertRefused(() -> store.get(key));
            assertRefused(() -> store.put(key, "x"));
            assertRefused(() -> store.change(writer -> writer.delete(key)));
            assertRefused(() -> store.change(writer -> writer.clear(folder)));
            assertRefused(() -> store.change(writer -> writer.removeScope(scope)));
            assertRefused(() -> store.barrier.read(reader -> reader.list(folder, "", 1)));
            assertRefused(() -> store.barrier.read(reader -> reader.scan(folder, "", 1)));
        }
    }

    private static void assertRefused(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRemovedScopeIsGoneWithItsKeysAndValues() {
        store.put(KEY, "the value");
        byte[] entry = store.raw(KEY);
        byte[] keyring = store.raw(Keyrings.record(ONE));
        store.change(writer -> writer.removeScope(ONE));
        assertThat(store.get(KEY)).isEqualTo("nothing");
        assertThat(store.committer.<Boolean>read(
                        reader -> reader.get(Keyrings.record(ONE)).isEmpty()))
                .isTrue();
        store.putRaw(KEY, entry);
        assertCorrupted("put back");
        store.change(writer -> writer.createKeyring(ONE, Instant.EPOCH));
        assertCorrupted("under a new keyring");
        store.putRaw(Keyrings.record(ONE), keyring);
        assertThat(store.get(KEY)).as("an older copy of both").isEqualTo("the value");
    }

    @Test
    void aClosedBarrierNeitherEncryptsNorDecrypts() {
        store.put(KEY, "the value");
        store.barrier.close();
        store.barrier.close();
        assertThatThrownBy(() -> store.get(KEY)).isInstanceOf(SecretClosedException.class);
        assertThatThrownBy(() -> store.put(KEY, "x")).isInstanceOf(SecretClosedException.class);
        assertThatThrownBy(() -> store.change(writer -> writer.createKeyring(new Scope("late"), Instant.EPOCH)))
                .isInstanceOf(SecretClosedException.class);
        store.barrier = store.open(Store.ID, 1);
        assertThat(store.get(KEY)).isEqualTo("the value");
    }

    @Test
    void whatATransactionWroteItReadsWithTheKeysThatItMade() {
        Scope made = new Scope("made");
        StorageKey key = new StorageKey(made, "a");
        store.change(writer -> {
            writer.createKeyring(made, Instant.EPOCH);
            writer.put(key, Store.plain("first"));
            assertThat(writer.get(key).map(Store::text)).hasValue("first");
            writer.rotate(made, Instant.EPOCH);
            assertThat(writer.get(key).map(Store::text)).hasValue("first");
            writer.put(key, Store.plain("second"));
        });
        assertThat(store.get(key)).isEqualTo("second");
        assertThat(new Ciphertext(store.raw(key)).term()).isEqualTo(2);
        store.reopen();
        assertThat(store.get(key)).isEqualTo("second");
    }

    /// What runs alone is told of its failure by the log thread, after the job has gone on.
    @Test
    void aStepOfAJobThatFailsWhenItRunsAgainIsNotTakenForWhatItsFirstRunCameTo() {
        Deque<Runnable> log = new ArrayDeque<>();
        boolean[] held = {false};
        try (Store slow = new Store(task -> {
            if (held[0]) {
                log.add(task);
            } else {
                task.run();
            }
        })) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> slow.barrier.accept(writer -> {
                        String seen = writer.get(KEY).map(Store::text).orElse("nothing");
                        writer.put(KEY, Store.plain(seen + ", run " + runs.incrementAndGet()));
                        if (runs.get() == 2) {
                            throw new OverloadedException("not now");
                        }
                        slow.put(KEY, "of somebody else");
                        held[0] = true;
                        return true;
                    }))
                    .isInstanceOf(OverloadedException.class)
                    .hasMessage("not now");
            held[0] = false;
            log.forEach(Runnable::run);
            assertThat(slow.get(KEY)).isEqualTo("of somebody else");
        }
    }
}
