// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.CorruptedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.backup.StoreExport;
import io.coffer.core.storage.Disk;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ConfigLoader;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.StorageConfig;
import io.coffer.storage.RocksDbDisk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// `coffer operator export -config=FILE`: every record of a stopped daemon's store, as it lies there, a
/// JSON line each.
final class ExportCommand {
    private ExportCommand() {}

    /// @return the exit code: 0, or 1 if the store could not be read
    static int run(String[] arguments) {
        try {
            ServerFlags flags = ServerFlags.parse(List.of(arguments), System.getenv());
            ServerConfig config = new ConfigLoader(System.getenv(), flags.log())
                    .load(flags.configs())
                    .config();
            if (!(config.storage() instanceof StorageConfig.RocksDb(var path))) {
                throw new ConfigException("there is nothing to export: storage inmem is gone when its process ends");
            }
            OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
            try (Disk disk = RocksDbDisk.open(path)) {
                StoreExport.write(disk, out);
            }
            out.flush();
            return 0;
        } catch (ConfigException | StorageUnavailableException | CorruptedException | IOException failed) {
            System.err.println("Error: " + failed.getMessage());
            return 1;
        }
    }
}
