// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.DiskContract;
import io.coffer.core.storage.Family;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbDiskTest extends DiskContract {
    @TempDir
    Path directory;

    @Override
    protected Disk create() {
        return reopen();
    }

    @Override
    protected Disk reopen() {
        return RocksDbDisk.open(directory.resolve("data"));
    }

    /// {@link OpenViews} asks every view that has not left, also one whose snapshot was just released. Asked of that,
    /// which is memory of somebody else then, the whole process ends or gets any number.
    @Test
    void aViewThatIsClosedStillTellsItsSequence() {
        try (Disk disk = RocksDbDisk.open(directory.resolve("views"))) {
            for (byte i = 1; i <= 100; i++) {
                disk.write(List.of(new Disk.Change.Put(Family.ENTRIES, new byte[] {i}, new byte[] {i})));
                RocksDbView view = (RocksDbView) disk.view();
                long sequence = view.sequence();
                view.close();
                assertThat(view.sequence()).isEqualTo(sequence);
            }
        }
    }
}
