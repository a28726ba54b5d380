// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/// Makes durable what was accepted: each step takes everything that waits, writes it as one batch with
/// one sync, shows it to readers and completes it.
///
/// One step runs at a time, whatever the executor does; it is given a task for a step, never one that
/// stays.
final class CommitLog {
    private final Disk disk;
    private final Executor executor;
    private final Acceptance acceptance;
    private final Observer observer;
    private final Time time;

    private final ReentrantLock writing = new ReentrantLock();
    private BatchTally.Totals totals = BatchTally.Totals.NONE;
    private Optional<Throwable> failure = Optional.empty();

    CommitLog(Disk disk, Executor executor, Acceptance acceptance, Observer observer, Time time) {
        this.disk = disk;
        this.executor = executor;
        this.acceptance = acceptance;
        this.observer = observer;
        this.time = time;
    }

    /// Something was accepted while nobody was there to write it.
    void wake() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException ended) {
            acceptance.stop(new StorageUnavailableException("the log thread has ended", ended));
            step();
        }
    }

    private void run() {
        step();
        if (acceptance.logGoesOn()) {
            wake();
        }
    }

    /// Writes and completes what waits.
    ///
    /// @return whether there was anything
    boolean step() {
        Acceptance.Batch batch;
        Optional<Throwable> failed;
        writing.lock();
        try {
            batch = acceptance.take();
            if (batch.accepted().isEmpty()) {
                return false;
            }
            if (failure.isEmpty()) {
                write(batch);
            }
            failed = failure;
        } finally {
            writing.unlock();
        }
        for (Accepted accepted : batch.accepted()) {
            if (failed.isPresent()) {
                accepted.stage().completeExceptionally(unknown(failed.get()));
            } else {
                accepted.durable().run();
            }
        }
        return true;
    }

    private void write(Acceptance.Batch batch) {
        try {
            Duration start = time.elapsed();
            List<Disk.Change> changes = changes(batch);
            Optional<Disk.View> view = Optional.empty();
            if (!changes.isEmpty()) {
                disk.write(changes);
                view = Optional.of(disk.view());
            }
            acceptance.durable(batch, view);
            Duration took = time.elapsed().minus(start);
            observer.observe(new Event.BatchCommitted(batch.accepted().size(), changes.size(), took));
        } catch (Throwable thrown) {
            failure = Optional.of(thrown);
            String message =
                    "the disk failed; nothing more is written until it is opened again: " + thrown.getMessage();
            acceptance.stop(new StorageUnavailableException(message, thrown));
            observer.observe(new Event.StorageFailed(message));
        }
    }

    private List<Disk.Change> changes(Acceptance.Batch batch) {
        List<Disk.Change> changes = new ArrayList<>(4 * batch.accepted().size());
        for (Accepted accepted : batch.accepted()) {
            Transaction transaction = accepted.transaction();
            for (Scope scope : transaction.cleared()) {
                Folder all = Folder.of(scope);
                changes.add(new Disk.Change.DeleteRange(scope.family(), all.encoded(), all.end()));
            }
            for (Touched entry : transaction.written()) {
                Family family = entry.key().scope().family();
                changes.add(
                        entry.value().isPresent()
                                ? new Disk.Change.Put(
                                        family,
                                        entry.encoded(),
                                        entry.value().get().bytes())
                                : new Disk.Change.Delete(family, entry.encoded()));
            }
        }
        totals = batch.tally().totals(totals, batch.before().view());
        changes.addAll(batch.tally().changes(totals));
        return changes;
    }

    private static OutcomeUnknownException unknown(Throwable failure) {
        return new OutcomeUnknownException(
                "the disk failed while the change was written; it may be there when the storage is opened again",
                failure);
    }
}
