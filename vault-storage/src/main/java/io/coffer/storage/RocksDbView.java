// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// One snapshot of the database.
final class RocksDbView implements Disk.View {
    private final RocksDbDisk disk;
    private final Database database;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final long sequence;
    private volatile boolean closed;

    RocksDbView(RocksDbDisk disk, Database database, Snapshot snapshot) {
        this.disk = disk;
        this.database = database;
        this.snapshot = snapshot;
        this.options = new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true);
        // Kept, since others ask for it while this is being closed: a released snapshot is memory of somebody else.
        this.sequence = snapshot.getSequenceNumber();
    }

    /// The state that it shows, in RocksDB's own count.
    long sequence() {
        return sequence;
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        checkOpen();
        try {
            return Optional.ofNullable(database.rocks().get(database.handle(family), options, key));
        } catch (RocksDBException e) {
            throw Faults.reading(database.path(), e);
        }
    }

    @Override
    public int head(Family family, byte[] key, byte[] into) {
        checkOpen();
        try {
            return database.rocks().get(database.handle(family), options, key, into);
        } catch (RocksDBException e) {
            throw Faults.reading(database.path(), e);
        }
    }

    @Override
    public Disk.Cursor from(Family family, byte[] key) {
        return cursor(family, key, Optional.empty());
    }

    @Override
    public Disk.Cursor range(Family family, byte[] from, byte[] to) {
        return cursor(family, from, Optional.of(to));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            options.close();
            disk.ended(this, snapshot);
        }
    }

    private RocksDbCursor cursor(Family family, byte[] from, Optional<byte[]> to) {
        checkOpen();
        ReadOptions bounded = new ReadOptions(options);
        Optional<Slice> end = to.map(Slice::new);
        end.ifPresent(bounded::setIterateUpperBound);
        return new RocksDbCursor(
                database.path(), database.rocks().newIterator(database.handle(family), bounded), bounded, end, from);
    }

    private void checkOpen() {
        if (closed) {
            throw Faults.closed(database.path());
        }
    }
}
