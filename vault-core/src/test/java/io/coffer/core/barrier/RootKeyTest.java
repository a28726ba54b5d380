// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The two kinds of keyring records, bent.
class RootKeyTest {
    private static final StorageKey VALUE = new StorageKey(Store.ONE, "a");

    private final Store store = new Store();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyBentByteOfTheKeyringOfKeysIsANamedError() {
        store.put(VALUE, "x");
        byte[] good = store.raw(RootKey.RECORD);
        for (int i = 0; i < good.length; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 0x10;
            store.putRaw(RootKey.RECORD, bent);
            store.reopen();
            Class<? extends Exception> named = i < 5 ? CorruptedException.class : AuthenticationFailedException.class;
            assertThatThrownBy(() -> store.barrier.prove()).as("byte %d", i).isInstanceOf(named);
            assertThatThrownBy(() -> store.get(VALUE)).as("byte %d", i).isInstanceOf(named);
        }
        store.putRaw(RootKey.RECORD, good);
        store.reopen();
        store.barrier.prove();
        assertThat(store.get(VALUE)).isEqualTo("x");
    }

    @Test
    void aKeyringOfKeysCutAnywhereIsANamedError() {
        byte[] good = store.raw(RootKey.RECORD);
        for (int length = 0; length < good.length; length++) {
            store.putRaw(RootKey.RECORD, Arrays.copyOf(good, length));
            store.reopen();
            assertThatThrownBy(() -> store.barrier.prove())
                    .as("length %d", length)
                    .isInstanceOfAny(CorruptedException.class, AuthenticationFailedException.class);
        }
    }

    @Test
    void withoutAKeyringOfKeysNothingIsProven() {
        store.committer
                .write(writer -> {
                    writer.delete(RootKey.RECORD);
                    return true;
                })
                .toCompletableFuture()
                .join();
        store.reopen();
        assertThatThrownBy(() -> store.barrier.prove())
                .isInstanceOf(CorruptedException.class)
                .hasMessage("the keyring of keys is not there");
    }

    @Test
    void aRootKeyOfAnotherGenerationIsNamed() {
        try (Barrier later = store.open(Store.ID, 2)) {
            assertThatThrownBy(later::prove)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessage("the keyring of keys is wrapped for share generation 1"
                            + " and the root key is of generation 2");
        }
        byte[] record = store.raw(RootKey.RECORD);
        record[4] = 2;
        store.putRaw(RootKey.RECORD, record);
        try (Barrier later = store.open(Store.ID, 2)) {
            assertThatThrownBy(later::prove)
                    .as("the generation is authenticated")
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void everyBentOrCutByteOfAScopesKeyringNamesTheRecord() {
        store.put(VALUE, "x");
        StorageKey record = Keyrings.record(Store.ONE);
        byte[] good = store.raw(record);
        for (int i = 0; i < 2 * good.length; i++) {
            byte[] bent = i < good.length ? good.clone() : Arrays.copyOf(good, i - good.length);
            if (i < good.length) {
                bent[i] ^= 0x10;
            }
            store.putRaw(record, bent);
            store.reopen();
            assertThatThrownBy(() -> store.get(VALUE))
                    .as("case %d", i)
                    .isInstanceOf(CorruptedException.class)
                    .hasMessageContaining(record.toString());
        }
    }

    @Test
    void theKeyringOfOneScopeIsNotAnothers() {
        store.put(VALUE, "x");
        store.putRaw(Keyrings.record(Store.ONE), store.raw(Keyrings.record(Store.OTHER)));
        assertThatThrownBy(() -> store.get(VALUE)).isInstanceOf(CorruptedException.class);
    }

    @Test
    void aScopesKeyringOpensUnderALaterTermOfKeysToo() {
        store.put(VALUE, "x");
        store.change(writer -> writer.rotate(Scope.KEYS, Instant.EPOCH));
        store.reopen();
        assertThat(store.get(VALUE)).isEqualTo("x");
        store.change(writer -> writer.rotate(Store.ONE, Instant.EPOCH));
        assertThat(store.raw(Keyrings.record(Store.ONE))[4]).isEqualTo((byte) 2);
        store.reopen();
        assertThat(store.get(VALUE)).isEqualTo("x");
    }

    @Test
    void aRootKeyHasItsLengthAndAGeneration() {
        try (Secret shorter = Secret.random(31, store.random)) {
            assertThatThrownBy(() -> new RootKey(Store.ID, 1, shorter)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new RootKey(Store.ID, 0, store.rootKey))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
