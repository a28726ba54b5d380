// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// A disk on RocksDB, in a directory of its own that one process holds.
///
/// Every write is synced before it returns. After a write that failed, all later ones are refused until
/// it is opened again. A damaged file is a {@code CorruptedException} that names it, everything else
/// that RocksDB reports a {@code StorageUnavailableException}.
public final class RocksDbDisk implements Disk {
    private final DataDirectory directory;
    private final Database database;
    private final OpenViews views;
    private final WriteOptions synced;
    private volatile boolean failed;

    private RocksDbDisk(DataDirectory directory, Database database, OpenViews views) {
        this.directory = directory;
        this.database = database;
        this.views = views;
        this.synced = new WriteOptions().setSync(true);
    }

    public static RocksDbDisk open(Path directory) {
        return open(directory, DiskOptions.DEFAULT);
    }

    /// Opens the database in a data directory, a new one if the directory is not there or holds none.
    /// Sets the umask of the process, so that its files are for their owner only.
    ///
    /// @throws StorageUnavailableException if the directory is open to other users, another process
    ///     holds it, or a file is missing
    /// @throws io.coffer.core.CorruptedException if a file is damaged
    public static RocksDbDisk open(Path directory, DiskOptions options) {
        NativeLibrary.load();
        Umask.ownerOnly();
        DataDirectory taken = DataDirectory.take(directory);
        try {
            if (!Files.exists(taken.database())) {
                create(taken, options);
            }
            Database database = Database.open(taken.database(), options);
            return new RocksDbDisk(taken, database, new OpenViews(options.patience()));
        } catch (RuntimeException | Error failed) {
            taken.close();
            throw failed;
        }
    }

    @Override
    public View view() {
        return views.open(
                () -> new RocksDbView(this, database, database.rocks().getSnapshot()),
                () -> Faults.closed(database.path()));
    }

    @Override
    public void write(List<Change> changes) {
        working(() -> {
            if (failed) {
                throw new StorageUnavailableException("an earlier write to " + database.path()
                        + " has failed; nothing is written until it is opened again");
            }
            try (WriteBatch batch = new WriteBatch()) {
                for (Change change : changes) {
                    add(batch, change);
                }
                database.rocks().write(synced, batch);
            } catch (RocksDBException e) {
                failed = true;
                throw Faults.writing(database.path(), e);
            }
        });
    }

    /// Flushes every family, waits until no view shows an older state, rewrites the files of the keys,
    /// and drops the logs that are not needed any more.
    @Override
    public void purge() {
        working(() -> {
            views.awaitOlder(database.rocks().getLatestSequenceNumber());
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                    CompactRangeOptions compact =
                            new CompactRangeOptions().setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
                RocksDB rocks = database.rocks();
                rocks.flush(flush, database.handles());
                rocks.compactRange(database.handle(Family.KEYS), null, null, compact);
                rocks.disableFileDeletions();
                rocks.enableFileDeletions(); // looks for every file that is not needed, now
            } catch (RocksDBException e) {
                throw Faults.writing(database.path(), e);
            }
        });
    }

    /// Reads every file of the data directory.
    @Override
    public List<byte[]> traces(List<byte[]> sequences) {
        Sequences wanted = new Sequences(sequences);
        working(() -> FileSearch.look(directory.path(), wanted));
        return wanted.found();
    }

    /// Flushes and rewrites the files that hold the range; what others write and compact meanwhile goes on.
    @Override
    public void reclaim(Family family, byte[] from, byte[] to) {
        working(() -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                    CompactRangeOptions compact = new CompactRangeOptions().setExclusiveManualCompaction(false)) {
                database.rocks().flush(flush, database.handle(family));
                database.rocks().compactRange(database.handle(family), from, to, compact);
            } catch (RocksDBException e) {
                throw Faults.writing(database.path(), e);
            }
        });
    }

    /// Waits until every view is closed: under an open one the database is not closed, and this throws.
    @Override
    public void close() {
        if (views.shut()) {
            synced.close();
            try {
                database.close();
            } finally {
                directory.close();
            }
        }
    }

    void ended(RocksDbView view, Snapshot snapshot) {
        database.rocks().releaseSnapshot(snapshot);
        snapshot.close();
        views.closed(view);
    }

    private void working(Runnable work) {
        views.during(work, () -> Faults.closed(database.path()));
    }

    private void add(WriteBatch batch, Change change) throws RocksDBException {
        switch (change) {
            case Change.Put(var family, var key, var value) -> batch.put(database.handle(family), key, value);
            case Change.Delete(var family, var key) -> batch.delete(database.handle(family), key);
            case Change.DeleteRange(var family, var from, var to) ->
                batch.deleteRange(database.handle(family), from, to);
        }
    }

    /// The directory of a new database gets its name when it is whole, so that a crash leaves none or
    /// all of it.
    private static void create(DataDirectory directory, DiskOptions options) {
        try {
            Path unfinished = directory.unfinished();
            Database.create(unfinished, options);
            Files.move(unfinished, directory.database(), StandardCopyOption.ATOMIC_MOVE);
            directory.sync();
        } catch (IOException e) {
            throw new StorageUnavailableException("no database can be made at " + directory.database() + ": " + e, e);
        }
    }
}
