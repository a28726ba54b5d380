// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.OverloadedException;
import io.coffer.core.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The one lock of the committer and what it guards: the order of commits, and what is accepted and not
/// durable yet.
final class Acceptance {
    /// The number of the state that a disk holds when it is opened. Commits count on from it, so 0 is
    /// before everything.
    static final long FIRST = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Snapshots snapshots;
    private final History history;
    private final StorageLimits limits;
    private final Overlay overlay = new Overlay();

    private List<Accepted> queue = new ArrayList<>();
    private BatchTally tally = new BatchTally();
    private long lastCommit = FIRST;
    private int pending;
    private long pendingBytes;
    private boolean logAwake;
    private volatile Optional<StorageUnavailableException> stopped = Optional.empty();

    Acceptance(Snapshots snapshots, History history, StorageLimits limits) {
        this.snapshots = snapshots;
        this.history = history;
        this.limits = limits;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    History history() {
        return history;
    }

    StorageLimits limits() {
        return limits;
    }

    /// @throws StorageUnavailableException if nothing is accepted any more
    void checkOpen() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside the work of a write");
        }
        checkStopped();
    }

    /// Accepts a run if nothing that it read has changed since, else runs its work again, alone, on the
    /// newest state.
    ///
    /// @return whether the log must be woken
    <T> boolean accept(
            Transaction first, T result, Function<EncryptedStore.Exchange, T> work, CompletableFuture<T> stage) {
        Slots stamped = first.stamped();
        Accepted accepted = new Accepted(first, bytes(first), stage, () -> stage.complete(result));
        lock.lock();
        try {
            checkStopped();
            checkRoom();
            if (history.stamps().unchanged(first.reads(), first.readVersion())) {
                first.settle(newest());
                enqueue(accepted, stamped);
            } else {
                Accepted alone = runAlone(work, stage);
                enqueue(alone, alone.transaction().stamped());
            }
            boolean wake = !logAwake;
            logAwake = true;
            return wake;
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is more to do for the log; if not, it must be woken for the next.
    boolean logGoesOn() {
        lock.lock();
        try {
            logAwake = !queue.isEmpty();
            return logAwake;
        } finally {
            lock.unlock();
        }
    }

    /// Everything that waits for the disk, in the order of commits.
    Batch take() {
        lock.lock();
        try {
            Batch batch = new Batch(queue, tally, lastCommit, snapshots.current());
            queue = new ArrayList<>();
            tally = new BatchTally();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// A batch is durable: shows it to readers and forgets it here.
    void durable(Batch batch, Optional<Disk.View> view) {
        Optional<Snapshot> last;
        lock.lock();
        try {
            last = view.map(shown -> snapshots.publish(shown, batch.commit()));
            for (Accepted accepted : batch.accepted()) {
                overlay.remove(accepted.transaction());
                pending--;
                pendingBytes -= accepted.bytes();
            }
        } finally {
            lock.unlock();
        }
        last.ifPresent(Snapshot::release);
    }

    /// Accepts nothing more; the first reason stays.
    void stop(StorageUnavailableException why) {
        lock.lock();
        try {
            if (stopped.isEmpty()) {
                stopped = Optional.of(why);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lends no snapshot any more.
    void closeSnapshots() {
        lock.lock();
        try {
            snapshots.close();
        } finally {
            lock.unlock();
        }
    }

    private void checkStopped() {
        Optional<StorageUnavailableException> why = stopped;
        if (why.isPresent()) {
            throw new StorageUnavailableException(String.valueOf(why.get().getMessage()), why.get());
        }
    }

    private void checkRoom() {
        if (pending >= limits.pending() || pendingBytes >= limits.pendingBytes()) {
            throw new OverloadedException("too many writes wait for the disk; try again in a moment");
        }
    }

    private Ground newest() {
        return new Ground(snapshots.current(), overlay, history);
    }

    private <T> Accepted runAlone(Function<EncryptedStore.Exchange, T> work, CompletableFuture<T> stage) {
        Transaction alone = new Transaction(newest(), lastCommit, limits.page());
        Runnable durable;
        try {
            T result = work.apply(alone);
            durable = () -> stage.complete(result);
        } catch (Throwable thrown) {
            alone.forget();
            durable = () -> stage.completeExceptionally(thrown);
        } finally {
            alone.close();
        }
        return new Accepted(alone, bytes(alone), stage, durable);
    }

    private void enqueue(Accepted accepted, Slots stamped) {
        Transaction transaction = accepted.transaction();
        if (!transaction.wroteNothing()) {
            lastCommit++;
            history.stamps().stamp(stamped, lastCommit);
            if (!transaction.cleared().isEmpty()) {
                history.stamps().raiseFloor(lastCommit);
            }
            history.headers().remember(transaction);
            tally.add(transaction);
            overlay.add(transaction);
        }
        pending++;
        pendingBytes += accepted.bytes();
        queue.add(accepted);
    }

    private static long bytes(Transaction transaction) {
        long bytes = 0;
        for (Touched entry : transaction.written()) {
            bytes += entry.encoded().length;
            if (entry.value().isPresent()) {
                bytes += entry.value().get().length();
            }
        }
        return bytes;
    }

    /// What one step of the log writes.
    ///
    /// @param tally what it changes in the census
    /// @param commit the newest commit in it
    /// @param before the durable state that it stands on
    record Batch(List<Accepted> accepted, BatchTally tally, long commit, Snapshot before) {}
}
