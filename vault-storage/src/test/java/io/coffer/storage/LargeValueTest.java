// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.storage.Family;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.TableProperties;

class LargeValueTest {
    @TempDir
    Path parent;

    @Test
    void aSmallNeighbourOfALargeValueIsReadWithoutIt() throws Exception {
        NativeLibrary.load();
        Path path = parent.resolve("data");
        Database.create(path, DiskOptions.DEFAULT);
        try (Database database = Database.open(path, DiskOptions.DEFAULT);
                FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            ColumnFamilyHandle entries = database.handle(Family.ENTRIES);
            database.rocks().put(entries, new byte[] {1}, new byte[100]);
            database.rocks().put(entries, new byte[] {2}, new byte[1 << 20]);
            database.rocks().put(entries, new byte[] {3}, new byte[100]);
            database.rocks().flush(waiting, entries);
            assertThat(database.rocks().getPropertiesOfAllTables(entries).values())
                    .extracting(TableProperties::getNumDataBlocks)
                    .containsExactly(3L);
        }
    }
}
