// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.VaultSealedException;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.SealRecordFormat;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.EncryptedStore;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Writer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// The vault: it creates a store, opens it, lends it and closes it. Nothing else.
///
/// Sealed is a type, not a flag: only an unsealed state holds a barrier, and the only door to it is {@link
/// #unsealed}. What changes the state excludes each other; it is called outside the door, or it would wait
/// for itself.
public final class Vault {
    /// The kinds of data that the vault keeps itself; each has a keyring from the first moment on.
    public static final List<Scope> OWN_SCOPES =
            List.of(Scope.SYSTEM, Scope.TOKENS, Scope.LEASES, Scope.IDENTITY, Scope.AUDIT);

    private final EncryptedStore storage;
    private final SecureRandom random;
    private final Observer observer;
    private final Duration sealGrace;
    private final ReentrantLock changing = new ReentrantLock();
    private final List<Consumer<Barrier>> beforeSealed = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenSealed = new CopyOnWriteArrayList<>();
    private final List<IntConsumer> whenUnsealed = new CopyOnWriteArrayList<>();
    private volatile VaultState state;

    /// Starts sealed, or uninitialized if there is no store.
    ///
    /// @param sealGrace how long sealing waits for those inside before it closes the keys all the same
    /// @throws io.coffer.core.CorruptedException if the seal record is damaged
    public Vault(EncryptedStore storage, SecureRandom random, Observer observer, Duration sealGrace) {
        this.storage = storage;
        this.random = random;
        this.observer = observer;
        this.sealGrace = sealGrace;
        this.state = storage.read(reader -> reader.get(SealRecordFormat.KEY))
                .map(SealRecordFormat::decode)
                .<VaultState>map(VaultState.Sealed::new)
                .orElseGet(VaultState.Uninitialized::new);
    }

    public VaultState state() {
        return state;
    }

    /// Lends the barrier for the time of the call. What the work starts and does not wait for needs no key any more.
    ///
    /// @throws VaultSealedException if the vault is not unsealed, or is closing
    public <T> T unsealed(Function<Barrier, T> work) {
        if (!(state instanceof VaultState.Unsealed open) || !open.door().enter()) {
            throw new VaultSealedException();
        }
        try {
            return work.apply(open.barrier());
        } finally {
            open.door().leave();
        }
    }

    /// As {@link #unsealed}, for a change of keys: sealing, unsealing and every other such change come before
    /// or after it. The work starts its transactions and does not wait for the disk, or sealing would too.
    public <T> T changingKeys(Function<Barrier, T> work) {
        changing.lock();
        try {
            return unsealed(work);
        } finally {
            changing.unlock();
        }
    }

    /// Creates the store in one transaction: seal record, keyrings and the first entries. The vault is sealed
    /// afterwards.
    ///
    /// @param rootKey the new root key, which stays the caller's
    /// @param first writes what every vault has
    /// @return completes when it is durable; empty if there is a store already
    public CompletionStage<Boolean> initialize(
            SealRecord record, Secret rootKey, Instant now, Consumer<BarrierWriter> first) {
        changing.lock();
        try (Barrier barrier =
                new Barrier(storage, new RootKey(record.storeId(), record.generation(), rootKey), random)) {
            return storage.write(writer -> {
                        if (writer.get(SealRecordFormat.KEY).isPresent()) {
                            return false;
                        }
                        writer.put(SealRecordFormat.KEY, SealRecordFormat.encode(record));
                        return barrier.over(writer, entries -> firstEntries(entries, now, first));
                    })
                    .thenApply(done -> created(done, record));
        } finally {
            changing.unlock();
        }
    }

    private static boolean firstEntries(BarrierWriter entries, Instant now, Consumer<BarrierWriter> first) {
        entries.createKeyring(Scope.KEYS, now);
        OWN_SCOPES.forEach(scope -> entries.createKeyring(scope, now));
        first.accept(entries);
        return true;
    }

    private boolean created(boolean done, SealRecord record) {
        if (done) {
            state = new VaultState.Sealed(record);
            observer.observe(new Event.VaultInitialized(
                    record.config().shares(), record.config().threshold()));
        }
        return done;
    }

    /// Opens the store with the unseal key, which stays the caller's. Does nothing if it is open.
    ///
    /// @param generation of the shares that the unseal key comes from: a valid one of the seal record
    /// @param prepare runs on the open store before anybody else is let in
    /// @throws AuthenticationFailedException if it is the key of another store
    public void unseal(int generation, Secret unsealKey, Consumer<Barrier> prepare) {
        if (opened(generation, unsealKey, prepare)) {
            whenUnsealed.forEach(work -> attempt(() -> work.accept(generation)));
        }
    }

    private boolean opened(int generation, Secret unsealKey, Consumer<Barrier> prepare) {
        changing.lock();
        try {
            if (!(state instanceof VaultState.Sealed(SealRecord record))) {
                return false;
            }
            Barrier barrier = new Barrier(storage, record.open(generation, unsealKey), random);
            try {
                barrier.prove();
                prepare.accept(barrier);
            } catch (RuntimeException failed) {
                barrier.close();
                throw failed;
            }
            state = new VaultState.Unsealed(record, barrier);
            observer.observe(new Event.VaultUnsealed(generation));
            return true;
        } finally {
            changing.unlock();
        }
    }

    /// Refuses everybody at once, waits for those inside at most the grace, then closes every key whatever
    /// is stuck. Does nothing if it is not open. What changes keys meanwhile is waited for at most the grace too.
    public void seal() {
        boolean alone = lockWithin(sealGrace);
        try {
            Optional<VaultState.Unsealed> open = shut();
            if (open.isPresent()) {
                Barrier barrier = open.get().barrier();
                boolean drained = open.get().door().close(sealGrace);
                if (drained) {
                    beforeSealed.forEach(work -> attempt(() -> work.accept(barrier)));
                }
                barrier.close();
                observer.observe(new Event.VaultSealed(drained && alone));
            }
        } finally {
            if (alone) {
                changing.unlock();
            }
        }
        whenSealed.forEach(this::attempt);
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            observer.observe(Event.JobFailed.of("at sealing or unsealing", failed));
        }
    }

    /// What is done last with the open store whenever it is sealed, unless somebody is stuck in it: to
    /// write down what is known in memory alone. It waits for nothing.
    public void beforeSealed(Consumer<Barrier> work) {
        beforeSealed.add(work);
    }

    /// What is done whenever the vault was sealed: to forget what was kept beside it.
    public void whenSealed(Runnable work) {
        whenSealed.add(work);
    }

    /// What is done whenever the vault was unsealed, by shares of that generation.
    public void whenUnsealed(IntConsumer work) {
        whenUnsealed.add(work);
    }

    /// How the seal record changes, with everything that changes with it.
    public interface Resealing {
        /// Runs inside a transaction, maybe twice.
        ///
        /// @param record as it is in this transaction
        /// @param records for what lies beside the seal record, in clear
        /// @param entries for what lies inside the barrier
        SealRecord change(SealRecord record, Writer<Ciphertext> records, BarrierWriter entries);
    }

    /// Changes the seal record in one transaction, and waits until that is durable. Every other change of keys, and
    /// sealing and unsealing, come before or after it.
    ///
    /// @param next a root key that the change wraps something with; taken over
    /// @throws VaultSealedException if the vault is not unsealed
    public SealRecord reseal(Optional<RootKey> next, Resealing resealing) {
        changing.lock();
        try {
            if (!(state instanceof VaultState.Unsealed open)) {
                next.ifPresent(RootKey::close);
                throw new VaultSealedException();
            }
            next.ifPresent(open.barrier()::add);
            SealRecord then = storage.write(writer -> reseal(open.barrier(), writer, resealing))
                    .toCompletableFuture()
                    .join();
            become(then);
            return then;
        } finally {
            changing.unlock();
        }
    }

    private static SealRecord reseal(Barrier barrier, Writer<Ciphertext> writer, Resealing resealing) {
        SealRecord now = writer.get(SealRecordFormat.KEY)
                .map(SealRecordFormat::decode)
                .orElseThrow(() -> new CorruptedException("the seal record is not there"));
        SealRecord then = barrier.over(writer, entries -> {
            SealRecord changed = resealing.change(now, writer, entries);
            now.retiredBy(changed).forEach(entries::owePurge);
            return changed;
        });
        writer.put(SealRecordFormat.KEY, SealRecordFormat.encode(then));
        return then;
    }

    /// The record has changed; the vault may have been sealed by force meanwhile.
    private synchronized void become(SealRecord record) {
        state = switch (state) {
            case VaultState.Unsealed open -> open.with(record);
            case VaultState.Sealed sealed -> new VaultState.Sealed(record);
            case VaultState.Uninitialized none -> none;
        };
    }

    private synchronized Optional<VaultState.Unsealed> shut() {
        if (state instanceof VaultState.Unsealed open) {
            state = new VaultState.Sealed(open.record());
            return Optional.of(open);
        }
        return Optional.empty();
    }

    private boolean lockWithin(Duration grace) {
        boolean interrupted = Thread.interrupted();
        try {
            return changing.tryLock() || changing.tryLock(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            interrupted = true;
            return changing.tryLock();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
