// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The directory of one daemon: for its owner only, and held by one process at a time.
///
/// In it: `lock`, and `db`, the database. A directory that others may look into is refused and not
/// repaired: what they have copied meanwhile cannot be taken back, and somebody should know.
final class DataDirectory implements AutoCloseable {
    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes the directory if it is not there, and takes it.
    ///
    /// @throws StorageUnavailableException if it is open to others, another process holds it, or it
    ///     cannot be used
    static DataDirectory take(Path path) {
        Path directory = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory, OWNER_DIRECTORY);
            }
            checkClosedToOthers(directory);
            return new DataDirectory(directory, lock(directory.resolve("lock")));
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    "the data directory " + directory + " cannot be used: " + e
                            + "; check that it is a directory of this user",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /// Where the database is, or will be.
    Path database() {
        return path.resolve("db");
    }

    /// Where a new database is made before it gets its name, so that there is a whole one or none.
    ///
    /// @throws IOException if what an earlier attempt left cannot be removed
    Path unfinished() throws IOException {
        Path unfinished = path.resolve("db.new");
        if (Files.exists(unfinished)) {
            try (var files = Files.list(unfinished)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(unfinished);
        }
        return Files.createDirectory(unfinished, OWNER_DIRECTORY);
    }

    /// Makes the renaming of a file in this directory durable.
    void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageUnavailableException("the lock of " + path + " is not released", e);
        }
    }

    private static void checkClosedToOthers(Path directory) throws IOException {
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS))) {
            throw new StorageUnavailableException("the data directory " + directory
                    + " is open to other users; look who could have read it, then: chmod 700 " + directory);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
            channel.close();
            throw taken(file);
        } catch (OverlappingFileLockException ours) {
            throw taken(file); // by this very process: to close the channel would give its lock up
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static StorageUnavailableException taken(Path file) {
        return new StorageUnavailableException("another daemon is running on the data directory " + file.getParent()
                + "; stop it first, or use a directory of your own");
    }
}
