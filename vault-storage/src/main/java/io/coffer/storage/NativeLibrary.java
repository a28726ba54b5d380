// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native code.
///
/// By itself its jar unpacks 17 MB into the temporary directory at each start, which a kill leaves
/// there. So the launcher names a file that was unpacked once; without it, the jar does as it does.
final class NativeLibrary {
    /// The absolute path of the library, under the name that the jar has it by.
    static final String PROPERTY = "coffer.rocksdb.library";

    private NativeLibrary() {}

    static void load() {
        String path = System.getProperty(PROPERTY, "");
        if (path.isEmpty()) {
            RocksDB.loadLibrary();
            return;
        }
        Path file = Path.of(path);
        String name = Environment.getJniLibraryFileName("rocksdb");
        Path parent = file.getParent();
        if (parent == null || !file.isAbsolute() || !file.endsWith(name) || !Files.isRegularFile(file)) {
            throw new StorageUnavailableException(PROPERTY + " must be the absolute path of a file " + name);
        }
        try {
            RocksDB.loadLibrary(List.of(parent.toString()));
        } catch (UnsatisfiedLinkError foreign) {
            throw new StorageUnavailableException("RocksDB's library " + file + " does not load", foreign);
        }
    }
}
