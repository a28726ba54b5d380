// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native code.
///
/// By itself its jar unpacks 17 MB into the temporary directory at each start, which a kill leaves
/// there. So the launcher names a file that was unpacked once, and its directory as the JVM's library
/// path, where RocksDB looks first. (Its own way to load from a path, {@code loadLibrary(List)}, looks
/// for a file of another name than its jar has.) Without the property, the jar does as it does.
final class NativeLibrary {
    /// The absolute path of the library, under the name that the jar has it by.
    static final String PROPERTY = "coffer.rocksdb.library";

    private static final String SEARCHED = "java.library.path";

    private NativeLibrary() {}

    static void load() {
        String path = System.getProperty(PROPERTY, "");
        if (!path.isEmpty()) {
            check(Path.of(path));
        }
        try {
            RocksDB.loadLibrary();
        } catch (UnsatisfiedLinkError | RuntimeException foreign) {
            throw new StorageUnavailableException("RocksDB's library does not load: " + foreign.getMessage(), foreign);
        }
    }

    private static void check(Path file) {
        String name = Environment.getJniLibraryFileName("rocksdb");
        Path directory = file.getParent();
        if (directory == null || !file.isAbsolute() || !file.endsWith(name) || !Files.isRegularFile(file)) {
            throw new StorageUnavailableException(PROPERTY + " must be the absolute path of a file " + name);
        }
        String[] searched = System.getProperty(SEARCHED, "").split(File.pathSeparator, -1);
        if (!Arrays.asList(searched).contains(directory.toString())) {
            throw new StorageUnavailableException(PROPERTY + " needs -D" + SEARCHED + "=" + directory + " beside it");
        }
    }
}
