// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.CommitterContract;
import io.coffer.core.storage.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksDbCommitterTest extends CommitterContract {
    @TempDir
    Path directory;

    @Override
    protected Disk create() {
        return RocksDbDisk.open(directory.resolve("data"));
    }

    /// The files as they lie there now are what a kill would leave: a copy of them is opened.
    @Override
    protected Disk crashAndReopen(Disk crashed) {
        try {
            Path copy = directory.resolve("copy");
            DataFiles.copy(directory.resolve("data"), copy);
            return RocksDbDisk.open(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
