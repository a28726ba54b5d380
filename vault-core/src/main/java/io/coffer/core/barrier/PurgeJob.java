// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Makes a removed key unreadable on this disk too: erases from its files every retired record that held the key,
/// looks through all files for what is left of one, and then frees the space of removed scopes.
///
/// Work for it is a record that the transaction which takes a key away writes along with its changes, so the debt is
/// there if and only if the key is gone, whenever the process is killed:
///
/// - {@link BarrierWriter#removeScope}, {@link BarrierWriter#rotate} and whatever else replaces or removes the
///   keyring of a scope do so by themselves;
/// - whoever replaces another record that holds a key (the seal record, a keyring under a new root key) calls {@link
///   BarrierWriter#owePurge} with the nonce of the record that is replaced.
///
/// When none of these records is left ({@link #isPaid}), no file of the disk opens what the removed keys wrapped. It
/// proves nothing of copies made before.
///
/// The disk is worked on outside of the vault's door, by the executor, and needs no key; so neither sealing nor a
/// request waits for it, and a step only looks whether it has ended. What a kill or a seal cuts off is done again.
public final class PurgeJob implements Job {
    private static final Duration SOON = Duration.ofMillis(50);

    private final Disk disk;
    private final Executor slow;
    private final Observer observer;
    private Optional<Run> run = Optional.empty();

    /// What is being done.
    ///
    /// @param left completes with the nonces that were found all the same
    private record Run(Owed owed, CompletableFuture<List<byte[]>> left) {}

    /// @param slow takes one task at a time and may take its time
    public PurgeJob(Disk disk, Executor slow, Observer observer) {
        this.disk = disk;
        this.slow = slow;
        this.observer = observer;
    }

    @Override
    public String name() {
        return "purge";
    }

    /// Whether every retired record of keys is erased, as this snapshot shows it. Space may still be owed.
    public static boolean isPaid(BarrierReader reader) {
        return Owed.read(reader).nonces().isEmpty();
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        if (run.isEmpty()) {
            Owed owed = barrier.survey(Owed::read);
            if (owed.isEmpty()) {
                return Optional.empty();
            }
            run = Optional.of(new Run(owed, CompletableFuture.supplyAsync(() -> work(owed), slow)));
            return Optional.of(SOON);
        }
        if (run.get().left().isDone()) {
            Run ended = run.get();
            run = Optional.empty();
            settle(barrier, ended.owed(), result(ended.left()));
        }
        return Optional.of(SOON);
    }

    /// Keys first; space is given back when none is owed any more.
    private List<byte[]> work(Owed owed) {
        if (owed.nonces().isEmpty()) {
            Folder all = Folder.of(owed.scopes().getFirst());
            disk.reclaim(all.scope().family(), all.encoded(), all.end());
            return List.of();
        }
        disk.purge();
        return disk.traces(owed.nonces());
    }

    private void settle(Barrier barrier, Owed owed, List<byte[]> left) {
        if (owed.nonces().isEmpty()) {
            Scope scope = owed.scopes().getFirst();
            barrier.keyrings().forget(scope);
            accept(barrier, writer -> Owed.paid(writer, scope));
            return;
        }
        List<byte[]> erased = owed.without(left);
        accept(barrier, writer -> Owed.paid(writer, erased));
        observer.observe(new Event.KeysErased(erased.size()));
        if (!left.isEmpty()) {
            throw new StorageUnavailableException(
                    left.size() + " retired records of keys are still in files after a purge");
        }
    }

    private interface Change {
        void make(BarrierWriter writer);
    }

    /// Accepted, not durable: nobody holds the vault open for a disk, and what is lost is done again.
    private static void accept(Barrier barrier, Change change) {
        CompletableFuture<Boolean> accepted = barrier.govern(writer -> {
                    change.make(writer);
                    return true;
                })
                .toCompletableFuture();
        if (accepted.isCompletedExceptionally()) {
            throw new IllegalStateException("a debt of the disk stays", accepted.exceptionNow());
        }
    }

    private static List<byte[]> result(CompletableFuture<List<byte[]>> left) {
        try {
            return left.join();
        } catch (CompletionException failed) {
            throw new StorageUnavailableException("a purge of the disk failed", failed);
        }
    }
}
