// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Disk.Change;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
    private static final byte[] KEY = {'s', 0, 'k'};
    private static final String OLD = "an old key that nobody shall find";

    @TempDir
    Path parent;

    @Test
    void noFileHoldsAReplacedOrRemovedKey() throws IOException {
        Path directory = parent.resolve("data");
        try (Disk disk = RocksDbDisk.open(directory)) {
            disk.write(List.of(put(KEY, OLD), put(new byte[] {'t'}, OLD)));
            disk.purge(); // now it lies in a table
            disk.write(List.of(put(KEY, OLD + " again")));
            assertThat(filesWith(directory)).isNotEmpty();
            disk.write(List.of(put(KEY, "new"), new Change.Delete(Family.KEYS, new byte[] {'t'})));
            disk.purge();
            assertThat(filesWith(directory)).isEmpty();
            disk.write(List.of(put(KEY, "newer")));
        }
        assertThat(filesWith(directory)).isEmpty();
        try (Disk disk = RocksDbDisk.open(directory);
                Disk.View view = disk.view()) {
            assertThat(view.get(Family.KEYS, KEY)).hasValue("newer".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aPurgeWaitsForViewsOfOlderStates() throws Exception {
        Path directory = parent.resolve("data");
        try (Disk disk = RocksDbDisk.open(directory)) {
            disk.write(List.of(put(KEY, OLD)));
            Disk.View older = disk.view();
            disk.write(List.of(new Change.Delete(Family.KEYS, KEY)));
            CompletableFuture<Void> purge = CompletableFuture.runAsync(disk::purge);
            assertThat(older.get(Family.KEYS, KEY)).isPresent();
            older.close();
            purge.join();
            assertThat(filesWith(directory)).isEmpty();
        }
    }

    @Test
    void aViewOfTheNewestStateHoldsNothingUp() throws IOException {
        Path directory = parent.resolve("data");
        try (Disk disk = RocksDbDisk.open(directory)) {
            disk.write(List.of(put(KEY, OLD)));
            disk.write(List.of(new Change.Delete(Family.KEYS, KEY)));
            try (Disk.View newest = disk.view()) {
                disk.purge();
                assertThat(newest.get(Family.KEYS, KEY)).isEmpty();
                assertThat(filesWith(directory)).isEmpty();
            }
        }
    }

    @Test
    void neitherAPurgeNorAClosingPullsTheDatabaseFromUnderAView() {
        DiskOptions impatient = new DiskOptions(1 << 20, 1 << 20, 1 << 20, 64, Duration.ofMillis(1));
        Disk disk = RocksDbDisk.open(parent.resolve("data"), impatient);
        disk.write(List.of(put(KEY, OLD)));
        Disk.View older = disk.view();
        disk.write(List.of(put(KEY, "new")));
        assertThatThrownBy(disk::purge).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(disk::close).isInstanceOf(StorageUnavailableException.class);
        assertThat(older.get(Family.KEYS, KEY)).hasValue(OLD.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(disk::view).isInstanceOf(StorageUnavailableException.class);
        older.close();
        disk.close();
        RocksDbDisk.open(parent.resolve("data")).close();
    }

    private static Change put(byte[] key, String value) {
        return new Change.Put(Family.KEYS, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> filesWith(Path directory) throws IOException {
        return DataFiles.all(directory).stream()
                .filter(path -> Files.isRegularFile(path) && text(path).contains(OLD))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
