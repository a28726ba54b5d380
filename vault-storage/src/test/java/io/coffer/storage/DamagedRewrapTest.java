// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.rewrap.Latencies;
import io.coffer.core.rewrap.Pace;
import io.coffer.core.rewrap.RewrapJob;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rewrap of a store with a bent byte in a table stands, and its status tells which file that is: whether
/// it comes to the place first, or a compaction does, after which the database takes no writes.
class DamagedRewrapTest {
    private static final int VALUES = 1_500;
    private static final int MOST_STEPS = 5_000;

    @TempDir
    Path directory;

    @Test
    void whereATableIsBentTheRewrapStandsAndNamesTheFile() throws IOException {
        try (Disk disk = RocksDbDisk.open(directory.resolve("data"));
                TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1)) {
            vault.change(writer -> {
                for (int i = 0; i < VALUES; i++) {
                    writer.put(new StorageKey(Scope.LEASES, "x/" + i), new Plaintext(new byte[100]));
                }
            });
            vault.write("sys/rotate", "{\"rewrap\":true}");
            disk.purge(); // which writes the tables
            Path table = DataFiles.database(directory.resolve("data"), ".sst").stream()
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
            DataFiles.bend(table, (int) table.toFile().length() / 2);
            String status = status(vault);
            Pace pace = new Pace(vault.time(), new Latencies());
            RewrapJob job = new RewrapJob(vault.committer(), vault.time(), event -> {}, pace, vault.obstacles());
            for (int step = 0; !status.contains(DataFiles.name(table)); step++) {
                step(vault, job);
                status = status(vault);
                assertThat(step).isLessThan(MOST_STEPS);
            }
            while (!status.contains("\"stands\":true")) {
                step(vault, job);
                status = status(vault);
            }
            assertThat(status).contains("\"under_way\":true", DataFiles.name(table), "\"advice\":\"");
        }
    }

    private static String status(TestVault vault) {
        return TestVault.text(vault.read("sys/rewrap"));
    }

    private static void step(TestVault vault, RewrapJob job) {
        try {
            assertThat(vault.vault().unsealed(job::step)).isPresent();
        } catch (StorageUnavailableException | OutcomeUnknownException failed) {
            assertThat(vault.obstacles().failure()).isEqualTo(failed.getMessage());
        }
    }
}
