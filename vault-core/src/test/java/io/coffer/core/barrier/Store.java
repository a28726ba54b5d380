// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.Observer;
import io.coffer.core.TestVault;
import io.coffer.core.Time;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// A barrier over memory, seen from both sides: plaintext inside, and what lies on the disk.
final class Store implements AutoCloseable {
    static final StoreId ID = new StoreId(1, 2);
    static final Scope ONE = new Scope("11111111-2222-3333-4444-555555555555");
    static final Scope OTHER = new Scope("11111111-2222-3333-4444-666666666666");

    final SecureRandom random = TestVault.seeded(7);
    final Committer committer;
    final Secret rootKey = Secret.random(RootKey.BYTES, random);
    Barrier barrier;

    /// One with keyrings for `system` and two mounts.
    Store() {
        this(Runnable::run);
    }

    Store(java.util.concurrent.Executor log) {
        committer = new Committer(new MemoryDisk(), log, Observer.none(), Time.system());
        barrier = open(ID, 1);
        change(writer -> {
            for (Scope scope : new Scope[] {Scope.KEYS, Scope.SYSTEM, ONE, OTHER}) {
                writer.createKeyring(scope, Instant.EPOCH);
            }
        });
    }

    /// Another barrier over the same disk.
    Barrier open(StoreId id, int generation) {
        return new Barrier(committer, new RootKey(id, generation, rootKey), random);
    }

    /// Opens it anew, as an unseal does.
    void reopen() {
        barrier.close();
        barrier = open(ID, 1);
    }

    void change(Consumer<BarrierWriter> work) {
        try {
            barrier.govern(writer -> {
                        work.accept(writer);
                        return true;
                    })
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    void put(StorageKey key, String text) {
        change(writer -> writer.put(key, plain(text)));
    }

    String get(StorageKey key) {
        return barrier.read(reader -> reader.get(key).map(Store::text).orElse("nothing"));
    }

    /// The bytes as they lie on the disk, a copy.
    byte[] raw(StorageKey key) {
        return committer.read(reader -> reader.get(key).orElseThrow().bytes().clone());
    }

    void putRaw(StorageKey key, byte[] bytes) {
        committer
                .write(writer -> {
                    writer.put(key, new Ciphertext(bytes));
                    return true;
                })
                .toCompletableFuture()
                .join();
    }

    static Plaintext plain(String text) {
        return new Plaintext(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Plaintext plain) {
        return new String(plain.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        barrier.close();
        rootKey.close();
        committer.close();
    }
}
