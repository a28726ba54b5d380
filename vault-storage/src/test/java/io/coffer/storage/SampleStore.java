// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A store with something in each kind of file, as it lies on the disk at one moment, and what it held after each
/// batch.
final class SampleStore {
    private static final int BATCHES = 30;
    private static final int FLUSHED = 20;

    private final Path image;
    private final List<Map<String, String>> states = new ArrayList<>();

    /// @param image where the files are copied to while the store is open: as if it was killed then
    SampleStore(Path live, Path image) throws IOException {
        this.image = image;
        Random random = new Random(7);
        Map<String, String> state = new TreeMap<>();
        try (Disk disk = RocksDbDisk.open(live)) {
            states.add(new TreeMap<>(state));
            for (int i = 1; i <= BATCHES; i++) {
                disk.write(batch(random, state));
                states.add(new TreeMap<>(state));
                if (i == FLUSHED) {
                    disk.purge();
                }
            }
            DataFiles.copy(live, image);
        }
    }

    private static List<Disk.Change> batch(Random random, Map<String, String> state) {
        List<Disk.Change> changes = new ArrayList<>();
        for (Family family : Family.values()) {
            String key = "scope\0k" + random.nextInt(40);
            String value = "value " + random.nextLong() + ".".repeat(random.nextInt(60));
            changes.add(new Disk.Change.Put(family, utf8(key), utf8(value)));
            state.put(family + " " + key, value);
        }
        return changes;
    }

    Path image() {
        return image;
    }

    Map<String, String> state() {
        return states.getLast();
    }

    /// After how many of the batches the store looked so; negative if it never did.
    int batchesOf(Map<String, String> state) {
        return states.lastIndexOf(state);
    }

    int batches() {
        return BATCHES;
    }

    /// A copy of the image in which one file holds other bytes.
    Path with(Path directory, Path file, byte[] bytes) throws IOException {
        DataFiles.copy(image, directory);
        Files.write(directory.resolve("db").resolve(DataFiles.name(file)), bytes);
        return directory;
    }

    /// Everything that a disk holds, read by scans and by gets.
    static Map<String, String> read(Path directory) {
        Map<String, String> all = new TreeMap<>();
        try (Disk disk = RocksDbDisk.open(directory);
                Disk.View view = disk.view()) {
            for (Family family : Family.values()) {
                try (Disk.Cursor cursor = view.from(family, new byte[0])) {
                    for (; cursor.valid(); cursor.next()) {
                        byte[] got = view.get(family, cursor.key()).orElseThrow();
                        if (!Arrays.equals(got, cursor.value())) {
                            throw new AssertionError("a get and a scan differ");
                        }
                        all.put(family + " " + text(cursor.key()), text(got));
                    }
                }
            }
        }
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
