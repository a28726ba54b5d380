// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.DiskContract;
import java.nio.file.Path;
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
}
