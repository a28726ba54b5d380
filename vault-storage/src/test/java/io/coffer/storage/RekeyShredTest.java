// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A rekey, down to the files: nothing that the former shares open is in one.
class RekeyShredTest {
    private static final int PIECE = 24;

    @TempDir
    Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"require_verification\":true"})
    void whatTheFormerSharesOpenedIsInNoFile(String more) {
        Path directory = parent.resolve("data");
        List<byte[]> wrapped;
        List<Secret> fresh;
        try (RocksDbDisk disk = RocksDbDisk.open(directory);
                TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2)) {
            vault.write("sys/mounts/kept", "{\"type\":\"kv\"}");
            vault.write("kept/a", "{\"v\":1}");
            wrapped = wrapped(disk);
            assertThat(wrapped).hasSizeGreaterThan(6);
            assertThat(held(directory, wrapped)).isEqualTo(wrapped.size());
            fresh = rekeyed(vault, more);
            assertThat(held(directory, wrapped)).as("not erased yet").isPositive();
            runOut(vault, disk);
            assertThat(held(directory, wrapped)).isZero();
            assertThat(TestVault.text(vault.read("kept/a"))).isEqualTo("{\"v\":1}");
        }
        assertThat(held(directory, wrapped)).isZero();
        try (RocksDbDisk disk = RocksDbDisk.open(directory);
                TestVault vault = new TestVault(TestVault.Setup.over(disk))) {
            assertThat(Asking.opens(vault, fresh.subList(1, 3))).isTrue();
            assertThat(TestVault.text(vault.read("kept/a"))).isEqualTo("{\"v\":1}");
        }
        assertThat(held(directory, wrapped)).isZero();
    }

    /// The directory as it lies there after each step of the jobs is what a kill leaves.
    @Test
    void whateverAKillCutsOffIsErasedAfterTheNextStart() throws IOException {
        Path directory = parent.resolve("data");
        List<Path> left = new ArrayList<>();
        List<byte[]> wrapped;
        List<Secret> fresh;
        try (RocksDbDisk disk = RocksDbDisk.open(directory);
                TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2)) {
            vault.write("sys/mounts/kept", "{\"type\":\"kv\"}");
            vault.write("kept/a", "{\"v\":1}");
            wrapped = wrapped(disk);
            fresh = rekeyed(vault, "");
            RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
            PurgeJob purge = new PurgeJob(disk, Runnable::run, vault.events()::add);
            boolean more = true;
            while (more) {
                left.add(copied(directory, left.size()));
                more = vault.vault().unsealed(rekey::step).isPresent();
                left.add(copied(directory, left.size()));
                more |= vault.vault().unsealed(purge::step).isPresent();
            }
        }
        assertThat(held(left.getFirst(), wrapped)).isPositive();
        for (Path copy : left) {
            try (RocksDbDisk disk = RocksDbDisk.open(copy);
                    TestVault vault = new TestVault(TestVault.Setup.over(disk).random(TestVault.seeded(2)))) {
                assertThat(Asking.opens(vault, fresh.subList(0, 2))).isTrue();
                runOut(vault, disk);
                assertThat(TestVault.text(vault.read("kept/a"))).isEqualTo("{\"v\":1}");
                assertThat(held(copy, wrapped)).as(copy.toString()).isZero();
            }
            assertThat(held(copy, wrapped)).isZero();
        }
    }

    /// A kill leaves what is there at one moment. The database makes and deletes files in a thread of its own, so a
    /// copy counts only if nothing has changed meanwhile.
    private Path copied(Path directory, int step) throws IOException {
        for (int tried = 0; tried < 100; tried++) {
            Path copy = parent.resolve("left-" + step + "-" + tried);
            try {
                Map<Path, Long> before = sizes(directory);
                DataFiles.copy(directory, copy);
                if (sizes(directory).equals(before)) {
                    return copy;
                }
            } catch (NoSuchFileException goneMeanwhile) {
                assertThat(directory).exists();
            }
        }
        throw new AssertionError("the database never rested");
    }

    private static Map<Path, Long> sizes(Path directory) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : DataFiles.all(directory)) {
            sizes.put(file, Files.size(file));
        }
        return sizes;
    }

    private static List<Secret> rekeyed(TestVault vault, String more) {
        Asking root = Asking.root(vault);
        Response last = root.rekey(3, 2, more, vault.shares());
        List<Secret> fresh = Asking.shares(last);
        Asking.arrived(last);
        if (!more.isEmpty()) {
            String proof = Asking.text(Asking.data(last), "verification_nonce");
            root.prove(proof, fresh.get(0));
            root.prove(proof, fresh.get(1));
        }
        return fresh;
    }

    private static void runOut(TestVault vault, RocksDbDisk disk) {
        RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
        PurgeJob purge = new PurgeJob(disk, Runnable::run, vault.events()::add);
        boolean more = true;
        while (more) {
            more = vault.vault().unsealed(rekey::step).isPresent();
            more |= vault.vault().unsealed(purge::step).isPresent();
        }
    }

    /// A piece of each wrapped key: of the sealed root key, and of every keyring.
    private static List<byte[]> wrapped(RocksDbDisk disk) {
        List<byte[]> pieces = new ArrayList<>();
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.from(Family.KEYS, new byte[0])) {
            for (; cursor.valid(); cursor.next()) {
                byte[] value = cursor.value();
                boolean seal = new String(cursor.key(), StandardCharsets.ISO_8859_1).startsWith("seal");
                int from = seal ? 1 + 16 + 2 + 2 + 24 : value.length - PIECE;
                pieces.add(Arrays.copyOfRange(value, from, from + PIECE));
            }
        }
        return pieces;
    }

    /// How many of these some file holds; looks for itself, not with the disk's own search.
    private static long held(Path directory, List<byte[]> pieces) {
        try {
            List<String> files = DataFiles.contents(directory);
            return pieces.stream()
                    .map(piece -> new String(piece, StandardCharsets.ISO_8859_1))
                    .filter(piece -> files.stream().anyMatch(text -> text.contains(piece)))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
