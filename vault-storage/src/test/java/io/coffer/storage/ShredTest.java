// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Sequences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disabling a mount, down to the files.
class ShredTest {
    private static final int NONCE_AT = 5;
    private static final int NONCE_BYTES = 24;

    @TempDir
    Path parent;

    @Test
    void theKeyringOfADisabledMountIsInNoFile() throws IOException {
        Path directory = parent.resolve("data");
        byte[] nonce;
        try (RocksDbDisk disk = RocksDbDisk.open(directory)) {
            try (TestVault vault = mounted(disk)) {
                nonce = nonce(disk, uuid(vault));
                assertThat(holds(directory, nonce)).isTrue();
                assertThat(vault.delete("sys/mounts/gone")).isEqualTo(Response.NO_CONTENT);
                assertThat(vault.read("gone/data/a")).isInstanceOf(Response.NotFound.class);
                assertThat(holds(directory, nonce)).isTrue();
                runOut(vault, disk);
                assertThat(holds(directory, nonce)).isFalse();
                assertThat(TestVault.text(vault.read("kept/data/a"))).startsWith("{\"data\":{\"k\":1}");
            }
        }
        assertThat(holds(directory, nonce)).isFalse();
    }

    @Test
    void whatADaemonThatStoppedStillOwedTheNextOneErases() throws IOException {
        Path directory = parent.resolve("data");
        byte[] nonce;
        TestVault first;
        try (RocksDbDisk disk = RocksDbDisk.open(directory)) {
            first = mounted(disk);
            nonce = nonce(disk, uuid(first));
            first.delete("sys/mounts/gone");
            first.close();
        }
        assertThat(holds(directory, nonce)).isTrue();
        try (RocksDbDisk disk = RocksDbDisk.open(directory);
                TestVault vault = first.restart(disk).unseal()) {
            runOut(vault, disk);
            assertThat(holds(directory, nonce)).isFalse();
            assertThat(TestVault.text(vault.read("kept/data/a"))).startsWith("{\"data\":{\"k\":1}");
        }
    }

    @Test
    void theSpaceOfADisabledMountIsFreed() throws IOException {
        Path directory = parent.resolve("data");
        String value = "x".repeat(100_000);
        try (RocksDbDisk disk = RocksDbDisk.open(directory);
                TestVault vault = mounted(disk)) {
            for (int i = 0; i < 200; i++) {
                vault.write("gone/data/" + i, "{\"data\":{\"k\":\"" + value + "\"}}");
            }
            disk.purge();
            assertThat(bytes(directory)).isGreaterThan(20_000_000);
            vault.delete("sys/mounts/gone");
            runOut(vault, disk);
            assertThat(bytes(directory)).isLessThan(2_000_000);
        }
    }

    private static TestVault mounted(RocksDbDisk disk) {
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);
        for (String mount : new String[] {"gone", "kept"}) {
            vault.write("sys/mounts/" + mount, "{\"type\":\"kv-v2\"}");
            vault.write(mount + "/data/a", "{\"data\":{\"k\":1}}");
        }
        return vault;
    }

    private static void runOut(TestVault vault, RocksDbDisk disk) {
        PurgeJob job = new PurgeJob(disk, Runnable::run, vault.events()::add);
        while (vault.vault().unsealed(job::step).isPresent()) {
            // until nothing is owed
        }
    }

    private static String uuid(TestVault vault) {
        return vault.vault()
                .unsealed(barrier -> barrier.survey(reader ->
                        vault.mounts().read(reader).at("gone/").orElseThrow().uuid()));
    }

    private static byte[] nonce(RocksDbDisk disk, String scope) {
        byte[] key = ("keys\0" + scope).getBytes(StandardCharsets.UTF_8);
        try (var view = disk.view()) {
            byte[] record = view.get(Family.KEYS, key).orElseThrow();
            return Arrays.copyOfRange(record, NONCE_AT, NONCE_AT + NONCE_BYTES);
        }
    }

    /// Looks for itself, not with the disk's own search.
    private static boolean holds(Path directory, byte[] sequence) throws IOException {
        String text = new String(sequence, StandardCharsets.ISO_8859_1);
        return DataFiles.contents(directory).stream().anyMatch(content -> content.contains(text));
    }

    private static long bytes(Path directory) throws IOException {
        return DataFiles.contents(directory).stream().mapToLong(String::length).sum();
    }

    @Test
    void theSearchReadsAcrossItsPieces() throws IOException {
        byte[] wanted = "twelve bytes".getBytes(StandardCharsets.US_ASCII);
        for (int at : new int[] {0, (1 << 20) - 12, (1 << 20) - 6, (1 << 20) - 1, 1 << 20, (2 << 20) - 3}) {
            byte[] file = new byte[(2 << 20) + 20];
            System.arraycopy(wanted, 0, file, at, wanted.length);
            Files.write(parent.resolve("file"), file);
            Sequences sequences = new Sequences(List.of(wanted, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
            FileSearch.look(parent, sequences);
            assertThat(sequences.found()).as("at %d", at).containsExactly(wanted);
        }
    }
}
