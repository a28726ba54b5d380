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
/// When none of these records is left, no file of the disk opens what the removed keys wrapped; {@link Debts} tells
/// that
/// of those that were there at some moment. It proves nothing of copies made before.
///
/// Debts that come one after the other, as those of a rotation of many scopes, are waited for and paid by one purge.
/// Nothing is taken away before every snapshot is gone that shows it.
///
/// The disk is worked on outside of the vault's door, by the executor, and needs no key; so neither sealing nor a
/// request waits for it, and a step only looks whether it has ended. What a kill or a seal cuts off is done again.
public final class PurgeJob implements Job {
    private static final Duration SOON = Duration.ofMillis(50);

    /// For how many steps debts that still come are waited for.
    private static final int MOST_LOOKS = 200;

    private final Disk disk;
    private final Executor slow;
    private final Observer observer;
    private Phase phase = Phase.IDLE;

    /// How far it is; each follows the one before it.
    private sealed interface Phase {
        Phase IDLE = new Growing(0, 0);

        /// @param debts at the last look; 0 before the first
        record Growing(int debts, int looks) implements Phase {}

        /// Somebody may still see what is to be erased.
        ///
        /// @param since the first commit seen that shows all of the debts
        record Seen(Owed owed, long since) implements Phase {}

        /// @param left completes with the nonces that were found all the same
        record Working(Owed owed, CompletableFuture<List<byte[]>> left) implements Phase {}

        /// What was erased is written down, a page at a time.
        ///
        /// @param found how many were not erased
        record Settling(List<byte[]> erased, int next, int found) implements Phase {}
    }

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

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Phase before = phase;
        phase = Phase.IDLE; // where a failure leaves it
        phase = switch (before) {
            case Phase.Growing growing -> look(barrier, growing);
            case Phase.Seen seen -> barrier.oldest() < seen.since() ? seen : begin(seen.owed());
            case Phase.Working working -> working.left().isDone() ? done(barrier, working) : working;
            case Phase.Settling settling -> settle(barrier, settling);
        };
        if (phase.equals(Phase.IDLE) && before instanceof Phase.Growing) {
            return Optional.empty();
        }
        return Optional.of(phase instanceof Phase.Settling ? Duration.ZERO : SOON);
    }

    private static Phase look(Barrier barrier, Phase.Growing before) {
        return barrier.survey(reader -> {
            Owed owed = Owed.read(reader);
            if (owed.isEmpty()) {
                return Phase.IDLE;
            }
            return owed.size() == before.debts() || before.looks() == MOST_LOOKS
                    ? new Phase.Seen(owed.atOnce(), reader.version())
                    : new Phase.Growing(owed.size(), before.looks() + 1);
        });
    }

    private Phase begin(Owed owed) {
        return new Phase.Working(owed, CompletableFuture.supplyAsync(() -> work(owed), slow));
    }

    /// Keys first; space is given back when none is owed any more.
    private List<byte[]> work(Owed owed) {
        if (owed.nonces().isEmpty()) {
            for (Scope scope : owed.scopes()) {
                Folder all = Folder.of(scope);
                disk.reclaim(scope.family(), all.encoded(), all.end());
            }
            return List.of();
        }
        disk.purge();
        return disk.traces(owed.nonces());
    }

    private Phase done(Barrier barrier, Phase.Working working) {
        List<byte[]> left = result(working.left());
        Owed owed = working.owed();
        if (owed.nonces().isEmpty()) {
            owed.scopes().forEach(barrier.keyrings()::forget);
            accept(barrier, writer -> owed.scopes().forEach(scope -> Owed.paid(writer, scope)));
            return Phase.IDLE;
        }
        return new Phase.Settling(owed.without(left), 0, left.size());
    }

    private Phase settle(Barrier barrier, Phase.Settling settling) {
        List<byte[]> erased = settling.erased();
        int end = Math.min(settling.next() + Owed.PAGE, erased.size());
        accept(barrier, writer -> Owed.paid(writer, erased.subList(settling.next(), end)));
        if (end < erased.size()) {
            return new Phase.Settling(erased, end, settling.found());
        }
        observer.observe(new Event.KeysErased(erased.size()));
        if (settling.found() > 0) {
            throw new StorageUnavailableException(
                    settling.found() + " retired records of keys are still in files below the data directory; if a copy"
                            + " of it or a backup lies there, move it away");
        }
        return Phase.IDLE;
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
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StorageUnavailableException("a purge of the disk failed: " + cause.getMessage(), failed);
        }
    }
}
