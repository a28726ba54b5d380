// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.file.Path;
import java.util.Objects;

/// Where the data lies.
public sealed interface StorageConfig {
    /// @param path the data directory
    record RocksDb(Path path) implements StorageConfig {
        public RocksDb {
            Objects.requireNonNull(path, "path");
        }
    }

    /// Nothing survives the process.
    record InMemory() implements StorageConfig {}
}
