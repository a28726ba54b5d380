// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.EncryptedStore;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Storage;
import io.coffer.core.storage.StoreId;
import io.coffer.core.storage.Writer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Storage of plaintexts over storage of ciphertexts, for as long as the root key is open. It owns every
/// key that it opened and everything kept in its caches.
public final class Barrier implements Storage<Plaintext>, AutoCloseable {
    private final EncryptedStore storage;
    private final RootKeys rootKeys;
    private final SecureRandom random;
    private final EntryFormat entries;
    private final Keyrings keyrings;
    private final Kept kept = new Kept();
    private volatile boolean closed;

    /// Takes the root key over.
    public Barrier(EncryptedStore storage, RootKey rootKey, SecureRandom random) {
        this.storage = storage;
        this.rootKeys = new RootKeys(rootKey);
        this.random = random;
        this.entries = new EntryFormat(rootKey.storeId());
        this.keyrings = new Keyrings(rootKeys, entries, storage);
    }

    /// Opens the keyring of scope `keys`: the proof that this is the root key of the store.
    ///
    /// @throws io.coffer.core.AuthenticationFailedException if it is not
    /// @throws CorruptedException if the keyring is not there or bent
    public void prove() {
        Optional<?> keys = storage.read(reader -> keyrings.of(Scope.KEYS, reader));
        if (keys.isEmpty()) {
            throw new CorruptedException("the keyring of keys is not there");
        }
    }

    @Override
    public <T> T read(Function<Reader<Plaintext>, T> work) {
        return survey(work::apply);
    }

    @Override
    public <T> CompletionStage<T> write(Function<Writer<Plaintext>, T> work) {
        return govern(work::apply);
    }

    @Override
    public long oldest() {
        return storage.oldest();
    }

    /// As {@link #read}, with what is kept in the caches.
    public <T> T survey(Function<BarrierReader, T> work) {
        return inspect(work::apply);
    }

    /// As {@link #survey}, with what only jobs on keys ask for.
    <T> T inspect(Function<OpenSnapshot, T> work) {
        return storage.read(reader -> work.apply(new OpenSnapshot(this, reader)));
    }

    /// As {@link #write}, with the keyrings.
    public <T> CompletionStage<T> govern(Function<BarrierWriter, T> work) {
        return storage.write(writer -> over(writer, work));
    }

    /// What a job's transaction came to.
    ///
    /// @param durable completes when the disk has it
    record Accepted<T>(T result, CompletableFuture<Boolean> durable) {}

    /// As {@link #govern}, for jobs: on return it is accepted, and maybe not durable yet, since nobody
    /// holds the vault open for a disk. What a crash takes back is done again.
    ///
    /// What the work throws comes out as it is, also if it threw when it ran again.
    <T> Accepted<T> accept(Function<OpenTransaction, T> work) {
        LastRun<T> last = new LastRun<>();
        CompletableFuture<Boolean> durable = storage.write(writer -> last.of(work, new OpenTransaction(this, writer)))
                .toCompletableFuture();
        if (durable.isCompletedExceptionally()) {
            throw durable.exceptionNow() instanceof RuntimeException refused
                    ? refused
                    : new StorageUnavailableException("a job's step was not accepted", durable.exceptionNow());
        }
        return new Accepted<>(last.result(), durable);
    }

    /// What the last run of a job's transaction came to; of who runs it.
    private static final class LastRun<T> {
        private Optional<T> result = Optional.empty();
        private Optional<RuntimeException> thrown = Optional.empty();

        boolean of(Function<OpenTransaction, T> work, OpenTransaction transaction) {
            result = Optional.empty();
            try {
                result = Optional.of(work.apply(transaction));
                return true;
            } catch (RuntimeException failed) {
                thrown = Optional.of(failed);
                throw failed;
            }
        }

        T result() {
            return result.orElseThrow(
                    () -> thrown.orElseGet(() -> new IllegalStateException("a job's step broke off")));
        }
    }

    /// One step of a job that stands outside this package: what the work came to, as soon as it is accepted. A
    /// step that a crash takes back is done again.
    public <T> T accepted(Function<BarrierWriter, T> work) {
        return this.<T>accept(work::apply).result();
    }

    /// Runs work inside a transaction that is under way, whose caller writes other records in it too.
    public <T> T over(Writer<Ciphertext> writer, Function<BarrierWriter, T> work) {
        return transact(writer, work);
    }

    /// What was encrypted before the keys were closed is not accepted after.
    private <T> T transact(Writer<Ciphertext> writer, Function<? super OpenTransaction, T> work) {
        T result = work.apply(new OpenTransaction(this, writer));
        if (closed) {
            throw new SecretClosedException();
        }
        return result;
    }

    /// Takes a further root key over, before the transaction that wraps something with it.
    public void add(RootKey next) {
        rootKeys.add(next);
    }

    /// That a term has opened values.
    ///
    /// @param retired how many, if it encrypts nothing any more; else 0
    public record Use(TermInfo term, long retired) {}

    /// The terms, by scope, that have opened a value since this was last asked.
    public Map<Scope, List<Use>> takeUses() {
        return keyrings.takeUses();
    }

    EncryptedStore storage() {
        return storage;
    }

    boolean isClosed() {
        return closed;
    }

    /// Closes the keys of a scope's destroyed terms; when no snapshot shows a keyring that has them.
    public void closeDestroyed(Scope scope) {
        inspect(snapshot -> snapshot.keyring(scope)); // or the newest known here may still have the key
        keyrings.closeDestroyed(scope);
    }

    StoreId storeId() {
        return rootKeys.any().storeId();
    }

    RootKeys rootKeys() {
        return rootKeys;
    }

    SecureRandom random() {
        return random;
    }

    EntryFormat entries() {
        return entries;
    }

    Keyrings keyrings() {
        return keyrings;
    }

    Kept kept() {
        return kept;
    }

    /// Closes every key: whatever still runs in here fails instead of encrypting or decrypting.
    @Override
    public void close() {
        closed = true;
        keyrings.close();
        kept.close();
    }
}
