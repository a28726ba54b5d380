// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bent byte is found, in whatever file: what is read is right or a named error. More positions:
/// {@code -Dcoffer.bends=1000}.
class CorruptionTest {
    private static final int BENDS = Integer.getInteger("coffer.bends", 8);

    @TempDir
    static Path shared;

    private static SampleStore store;

    @TempDir
    Path directory;

    private int copies;

    @BeforeAll
    static void fill() throws IOException {
        store = new SampleStore(shared.resolve("live"), shared.resolve("image"));
    }

    private Path copy() {
        return directory.resolve("copy" + copies++);
    }

    @Test
    void theImageItselfIsWhole() throws IOException {
        DataFiles.copy(store.image(), directory.resolve("same"));
        assertThat(SampleStore.read(directory.resolve("same"))).isEqualTo(store.state());
        assertThat(DataFiles.database(store.image(), ".sst")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(DataFiles.database(store.image(), ".log")).hasSize(1);
    }

    @Test
    void aBentTableIsAnErrorThatNamesItOrDoesNoHarm() throws IOException {
        int errors = 0;
        for (Path file : DataFiles.database(store.image(), ".sst")) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / BENDS)) {
                Path copy = store.with(copy(), file, bent(bytes, at));
                try {
                    assertThat(SampleStore.read(copy)).as("%s at %d", file, at).isEqualTo(store.state());
                } catch (CorruptedException named) {
                    assertThat(named).hasMessageContaining(DataFiles.name(file));
                    errors++;
                }
            }
        }
        assertThat(errors).isGreaterThan(2 * BENDS);
    }

    @Test
    void aBentLogOrManifestIsNeverOpened() throws IOException {
        for (String kind : List.of(".log", "MANIFEST")) {
            Path file = DataFiles.database(store.image(), kind).getLast();
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / BENDS)) {
                Path copy = store.with(copy(), file, bent(bytes, at));
                assertThatThrownBy(() -> RocksDbDisk.open(copy))
                        .as("%s at %d", file, at)
                        .isInstanceOf(CorruptedException.class)
                        .hasMessageContaining(DataFiles.name(file));
            }
        }
    }

    @Test
    void everyBentBitOfALogIsFoundBeforeRocksDbReadsIt() throws IOException {
        for (String kind : List.of(".log", "MANIFEST")) {
            Path file = DataFiles.database(store.image(), kind).getLast();
            byte[] bytes = Files.readAllBytes(file);
            assertThat(isWhole(file, bytes)).isTrue();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] bent = bytes.clone();
                bent[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(isWhole(file, bent)).as("%s bit %d", file, bit).isFalse();
            }
            for (int cut = 0; cut < bytes.length; cut++) {
                assertThat(isWhole(file, Arrays.copyOf(bytes, cut)))
                        .as("cut to %d", cut)
                        .isTrue();
            }
        }
    }

    private static boolean isWhole(Path file, byte[] bytes) throws IOException {
        try {
            LogCheck.check(file, Channels.newChannel(new ByteArrayInputStream(bytes)));
            return true;
        } catch (CorruptedException found) {
            return false;
        }
    }

    @Test
    void recordsOverManyBlocksAreWhole() throws IOException {
        Path live = directory.resolve("live");
        try (Disk disk = RocksDbDisk.open(live)) {
            for (int i = 0; i < 60; i++) {
                byte[] value = new byte[i * 997];
                Arrays.fill(value, (byte) i);
                disk.write(List.of(new Disk.Change.Put(Family.ENTRIES, new byte[] {(byte) i}, value)));
            }
            Path file = DataFiles.database(live, ".log").getLast();
            byte[] bytes = Files.readAllBytes(file);
            assertThat(bytes.length).isGreaterThan(1_000_000);
            assertThat(isWhole(file, bytes)).isTrue();
            for (int at = 0; at < bytes.length; at += 50_021) {
                assertThat(isWhole(file, bent(bytes, at))).as("at %d", at).isFalse();
            }
        }
    }

    @Test
    void aBentCurrentIsNamed() throws IOException {
        Path file = store.image().resolve("db").resolve("CURRENT");
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            Path copy = store.with(copy(), file, bent(bytes, at));
            assertThatThrownBy(() -> RocksDbDisk.open(copy))
                    .isInstanceOfAny(CorruptedException.class, StorageUnavailableException.class)
                    .hasMessageMatching("(?s).*(CURRENT|MANIFEST).*");
        }
    }

    @Test
    void aMissingFileIsAnErrorAndNeverAnEmptyStore() throws IOException {
        for (String kind : List.of(".sst", ".log", "MANIFEST", "CURRENT")) {
            Path copy = copy();
            DataFiles.copy(store.image(), copy);
            Files.delete(DataFiles.database(copy, kind).getFirst());
            if (kind.equals(".log")) { // the newest log: its writes are the newest
                assertThat(store.batchesOf(SampleStore.read(copy))).isNotNegative();
            } else {
                assertThatThrownBy(() -> SampleStore.read(copy))
                        .as(kind)
                        .isInstanceOfAny(CorruptedException.class, StorageUnavailableException.class);
            }
        }
    }

    @Test
    void aLogCutAtItsEndLosesOnlyTheNewest() throws IOException {
        Path file = DataFiles.database(store.image(), ".log").getLast();
        byte[] bytes = Files.readAllBytes(file);
        int last = store.batches();
        for (int cut = 0; cut < bytes.length; cut += Math.max(1, bytes.length / BENDS)) {
            Path copy = store.with(copy(), file, Arrays.copyOf(bytes, bytes.length - cut));
            Map<String, String> found = SampleStore.read(copy);
            assertThat(store.batchesOf(found)).as("cut by %d", cut).isBetween(0, last);
            last = store.batchesOf(found);
        }
        assertThat(last).isLessThan(store.batches());
    }

    private static byte[] bent(byte[] bytes, int at) {
        byte[] bent = bytes.clone();
        bent[at] ^= 0x10;
        return bent;
    }
}
