// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.Disk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A walk over one snapshot. RocksDB's own iterator just stops at a bent block: here each end is asked
/// for its reason.
final class RocksDbCursor implements Disk.Cursor {
    private final Path path;
    private final RocksIterator iterator;
    private final ReadOptions options;
    private final Optional<Slice> end;
    private final byte[] first;

    private boolean valid;
    private byte[] key = {};
    private boolean closed;

    RocksDbCursor(Path path, RocksIterator iterator, ReadOptions options, Optional<Slice> end, byte[] first) {
        this.path = path;
        this.iterator = iterator;
        this.options = options;
        this.end = end;
        this.first = first;
        try {
            seek(first);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public boolean valid() {
        return valid;
    }

    @Override
    public byte[] key() {
        checkValid();
        return key;
    }

    @Override
    public byte[] value() {
        checkValid();
        return iterator.value();
    }

    @Override
    public void next() {
        checkValid();
        iterator.next();
        look();
    }

    @Override
    public void seek(byte[] target) {
        if (closed) {
            throw Faults.closed(path);
        }
        iterator.seek(Arrays.compareUnsigned(target, first) < 0 ? first : target);
        look();
    }

    /// Iterator, its options, their bound: each is used by the one before.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            valid = false;
            iterator.close();
            options.close();
            end.ifPresent(Slice::close);
        }
    }

    private void look() {
        valid = iterator.isValid();
        if (valid) {
            key = iterator.key();
            return;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw Faults.reading(path, e);
        }
    }

    private void checkValid() {
        if (!valid) {
            throw new NoSuchElementException("the cursor is at its end");
        }
    }
}
