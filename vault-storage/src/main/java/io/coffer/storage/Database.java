// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// An open RocksDB with its families and everything native that must be closed with it, in the right
/// order.
final class Database implements AutoCloseable {
    private final Path path;
    private final NativeOptions options;
    private final RocksDB rocks;
    private final Map<Family, ColumnFamilyHandle> handles;

    private Database(Path path, NativeOptions options, RocksDB rocks, Map<Family, ColumnFamilyHandle> handles) {
        this.path = path;
        this.options = options;
        this.rocks = rocks;
        this.handles = handles;
    }

    /// Makes a new one, empty and closed again.
    static void create(Path path, DiskOptions limits) {
        NativeOptions options = new NativeOptions(limits);
        options.database().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        open(path, options, limits).close();
    }

    /// Opens one that is there; whatever is missing of it is an error.
    static Database open(Path path, DiskOptions limits) {
        try {
            LogCheck.check(path);
        } catch (IOException e) {
            throw new StorageUnavailableException("the logs in " + path + " cannot be read: " + e, e);
        }
        return open(path, new NativeOptions(limits), limits);
    }

    private static Database open(Path path, NativeOptions options, DiskOptions limits) {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks = RocksDB.open(options.database(), path.toString(), options.families(limits), handles);
            Map<Family, ColumnFamilyHandle> byFamily = new EnumMap<>(Family.class);
            for (Family family : Family.values()) {
                byFamily.put(family, handles.get(byFamily.size())); // in the order that the options name them
            }
            return new Database(path, options, rocks, byFamily);
        } catch (RocksDBException e) {
            options.close();
            throw Faults.opening(path, e, DamagedTable.in(path));
        }
    }

    Path path() {
        return path;
    }

    RocksDB rocks() {
        return rocks;
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family), "every family is open");
    }

    List<ColumnFamilyHandle> handles() {
        return List.copyOf(handles.values());
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
        try {
            rocks.closeE();
        } catch (RocksDBException e) {
            throw Faults.writing(path, e);
        } finally {
            options.close();
        }
    }
}
