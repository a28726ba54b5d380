// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void everythingInItIsForItsOwnerOnly() throws IOException {
        Path directory = parent.resolve("a/b");
        try (Disk disk = RocksDbDisk.open(directory)) {
            disk.write(List.of(new Disk.Change.Put(Family.KEYS, new byte[] {1}, new byte[] {1})));
            disk.purge();
            assertClosedToOthers(directory);
        }
        assertClosedToOthers(directory);
    }

    private static void assertClosedToOthers(Path directory) throws IOException {
        assertThat(DataFiles.all(directory)).hasSizeGreaterThan(5);
        for (Path path : DataFiles.all(directory)) {
            String wanted = Files.isDirectory(path) ? "rwx------" : "rw-------";
            try {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(wanted);
            } catch (NoSuchFileException goneMeanwhile) {
                // The database has deleted what it does not need.
            }
        }
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsRefusedAndNotRepaired() throws IOException {
        for (String mode : List.of("rwxr-x---", "rwx-----x", "rwx---r--", "rwxrwxrwx")) {
            Path directory = Files.createDirectory(parent.resolve(mode));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> RocksDbDisk.open(directory))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("chmod 700 " + directory);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo(mode);
            assertThat(DataFiles.all(directory)).hasSize(1);
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefused() {
        Path directory = parent.resolve("data");
        try (Disk disk = RocksDbDisk.open(directory)) {
            disk.write(List.of());
            assertThatThrownBy(() -> RocksDbDisk.open(directory))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("another daemon is running on the data directory " + directory);
        }
        RocksDbDisk.open(directory).close();
    }

    /// Each look into a file that is locked, and each attempt to lock it again, could give the lock up.
    @Test
    void aPurgeASearchAndASecondAttemptLeaveTheDirectoryLocked() throws Exception {
        Path directory = parent.resolve("data");
        try (Disk disk = RocksDbDisk.open(directory)) {
            assertThat(locks(directory)).containsExactly("held", "held");
            disk.purge();
            disk.traces(List.of(new byte[24]));
            assertThat(locks(directory)).containsExactly("held", "held");
            assertThatThrownBy(() -> RocksDbDisk.open(directory)).isInstanceOf(StorageUnavailableException.class);
            assertThat(locks(directory)).containsExactly("held", "held");
        }
        assertThat(locks(directory)).containsExactly("free", "free");
    }

    /// What another process finds: the lock of the directory, and that of its database.
    private static List<String> locks(Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LockProbe.class.getName(),
                        directory.resolve("lock").toString(),
                        directory.resolve("db/LOCK").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().filter(line -> !line.startsWith("WARNING")).toList();
    }

    @Test
    void aDatabaseHalfMadeIsMadeAnew() throws IOException {
        Path directory = parent.resolve("data");
        RocksDbDisk.open(directory).close();
        Files.move(directory.resolve("db"), directory.resolve("db.new"));
        Files.delete(directory.resolve("db.new/CURRENT"));
        RocksDbDisk.open(directory).close();
        assertThat(directory.resolve("db/CURRENT")).exists();
        assertThat(directory.resolve("db.new")).doesNotExist();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path file = Files.createFile(
                parent.resolve("file"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThatThrownBy(() -> RocksDbDisk.open(file)).isInstanceOf(StorageUnavailableException.class);
    }
}
