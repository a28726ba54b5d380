// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.CorruptedException;
import io.coffer.core.StorageUnavailableException;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Names what RocksDB reports. Its own message tells the file and the place in it, and no value.
final class Faults {
    private Faults() {}

    static RuntimeException reading(Path database, RocksDBException e) {
        return named("reading from " + database, e);
    }

    static RuntimeException writing(Path database, RocksDBException e) {
        return named("writing to " + database, e);
    }

    /// @param damaged the file that is, where RocksDB's message names none or another one
    static RuntimeException opening(Path database, RocksDBException e, Optional<Path> damaged) {
        return named(
                "opening " + database
                        + damaged.map(file -> ": " + file + " is damaged").orElse(""),
                e);
    }

    static StorageUnavailableException closed(Path database) {
        return new StorageUnavailableException("the disk at " + database + " is closed");
    }

    private static RuntimeException named(String what, RocksDBException e) {
        String message = what + ": " + e.getMessage();
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new CorruptedException(
                    message + "; the file is damaged: keep a copy of the directory and restore a backup", e);
        }
        return new StorageUnavailableException(message, e);
    }
}
