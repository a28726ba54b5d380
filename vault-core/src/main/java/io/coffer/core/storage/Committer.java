// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.CorruptedException;
import io.coffer.core.Observer;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// The storage of ciphertext: serializable transactions over a dumb disk, each run at most twice.
///
/// A write first runs beside others on the newest durable snapshot. It is accepted, under one lock, if
/// nothing that it read has changed since; else it runs again at once, alone, on the newest accepted
/// state, and cannot lose. A log thread writes all that was accepted meanwhile as one batch with one
/// sync. What is accepted and not durable is seen only by a transaction that runs alone, so no answer
/// is ever built on what a crash can take back.
///
/// After a failure of the disk everything accepted and not durable ends as {@code
/// OutcomeUnknownException}, nothing more is accepted, and readers go on with the last durable state,
/// until committer and disk are closed and new ones opened.
///
/// The disk belongs to who opened it, and is closed after this.
public final class Committer implements EncryptedStore, AutoCloseable {
    private final Snapshots snapshots;
    private final History history;
    private final int page;
    private final Acceptance acceptance;
    private final CommitLog log;

    /// @param logThread runs one short task at a time for each batch; stages complete there
    public Committer(Disk disk, Executor logThread, Observer observer, Time time, StorageLimits limits) {
        Snapshots first = new Snapshots(disk.view(), Acceptance.FIRST);
        Acceptance door = new Acceptance(first, new History(new Stamps(Acceptance.FIRST)), limits);
        this(door, new CommitLog(disk, logThread, door, observer, time));
    }

    public Committer(Disk disk, Executor logThread, Observer observer, Time time) {
        this(disk, logThread, observer, time, StorageLimits.DEFAULT);
    }

    Committer(Acceptance acceptance, CommitLog log) {
        this.snapshots = acceptance.snapshots();
        this.history = acceptance.history();
        this.page = acceptance.limits().page();
        this.acceptance = acceptance;
        this.log = log;
    }

    @Override
    public <T> T read(Function<Reader<Ciphertext>, T> work) {
        return inspect(work::apply);
    }

    @Override
    public <T> T inspect(Function<Walks, T> work) {
        Snapshot snapshot = snapshots.retain();
        try (SnapshotReader reader = new SnapshotReader(snapshot, history.stamps(), page)) {
            return work.apply(reader);
        } finally {
            snapshot.release();
        }
    }

    @Override
    public long oldest() {
        return snapshots.oldest();
    }

    @Override
    public <T> CompletionStage<T> write(Function<Writer<Ciphertext>, T> work) {
        return exchange(work::apply);
    }

    @Override
    public <T> CompletionStage<T> exchange(Function<Exchange, T> work) {
        try {
            acceptance.checkOpen();
            return firstRun(work);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private <T> CompletionStage<T> firstRun(Function<Exchange, T> work) {
        Snapshot snapshot = snapshots.retain();
        Transaction transaction =
                new Transaction(new Ground(snapshot, Overlay.NONE, history), snapshot.version(), page);
        T result;
        try {
            result = work.apply(transaction);
        } finally {
            transaction.close();
            snapshot.release();
        }
        if (transaction.wroteNothing()) {
            return CompletableFuture.completedFuture(result);
        }
        CompletableFuture<T> stage = new CompletableFuture<>();
        if (acceptance.accept(transaction, result, work, stage)) {
            log.wake();
        }
        return stage;
    }

    @Override
    public SortedMap<Integer, Tally> census(Scope scope) {
        return onView(view -> {
            SortedMap<Integer, Tally> totals = new TreeMap<>();
            Folder all = Folder.of(scope);
            try (Disk.Cursor cursor = view.range(Family.TALLY, all.encoded(), all.end())) {
                for (; cursor.valid(); cursor.next()) {
                    TallyRecord total = TallyRecord.decode(cursor.key(), cursor.value());
                    totals.put(total.term(), total.tally());
                }
            }
            return totals;
        });
    }

    /// Tells every counted scope that has something in a family, in the order of their names.
    ///
    /// @throws CorruptedException at a place that cannot be read, or a key that has no scope; what comes before it
    /// was
    ///     told
    public void scopes(Family family, Consumer<Scope> found) {
        onView(view -> {
            try (Disk.Cursor cursor = view.from(family, new byte[0])) {
                while (cursor.valid()) {
                    Scope scope = scope(cursor.key());
                    if (scope.counted()) {
                        found.accept(scope);
                    }
                    cursor.seek(Folder.of(scope).end());
                }
            }
            return true;
        });
    }

    private static Scope scope(byte[] key) {
        int end = 0;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        try {
            return new Scope(new String(key, 0, end, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notAName) {
            throw new CorruptedException("a key on the disk has no scope", notAName);
        }
    }

    private <T> T onView(Function<Disk.View, T> work) {
        Snapshot snapshot = snapshots.retain();
        try {
            return work.apply(snapshot.view());
        } finally {
            snapshot.release();
        }
    }

    /// Accepts nothing more, makes durable what is accepted, and then lends no snapshot any more. Not
    /// to be called from the work of a read or a write.
    @Override
    public void close() {
        acceptance.stop(new StorageUnavailableException("the storage is closed"));
        while (log.step()) {
            // what was accepted before
        }
        acceptance.closeSnapshots();
    }
}
