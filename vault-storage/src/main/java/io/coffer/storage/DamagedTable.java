// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// Which table keeps a database from opening: some of RocksDB's messages name the manifest instead.
final class DamagedTable {
    private DamagedTable() {}

    /// The first table of a database that does not open or whose checksums do not fit. Reads all of them.
    static Optional<Path> in(Path database) {
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(".sst"))
                    .sorted()
                    .filter(DamagedTable::isDamaged)
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isDamaged(Path table) {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(table.toString());
            reader.verifyChecksum();
            return false;
        } catch (RocksDBException damaged) {
            return true;
        }
    }
}
