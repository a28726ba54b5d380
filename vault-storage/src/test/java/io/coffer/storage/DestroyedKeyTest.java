// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.term.DestroyJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Destroying a term, down to the files: no record that ever held its key is left in any.
class DestroyedKeyTest {
    @TempDir
    Path parent;

    @Test
    void noRecordThatHeldADestroyedKeyIsInAnyFile() {
        Path directory = parent.resolve("data");
        List<byte[]> held = new ArrayList<>();
        try (RocksDbDisk disk = RocksDbDisk.open(directory)) {
            try (TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2)) {
                vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
                vault.write("one/a", "{\"v\":1}");
                Scope scope = vault.look(reader ->
                        vault.mounts().read(reader).at("one/").orElseThrow().scope());
                held.add(record(disk, scope));
                for (int i = 0; i < 3; i++) {
                    assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
                    held.add(record(disk, scope));
                }
                assertThat(held).allMatch(record -> holds(directory, record));
                rewrap(vault, scope);
                for (int term = 1; term <= 3; term++) {
                    assertThat(vault.write("sys/keys/" + scope + "/" + term + "/destroy", ""))
                            .isInstanceOf(Response.Ok.class);
                }
                vault.time().pass(Jobs.DESTROY_WAIT);
                runOut(vault, disk);
                assertThat(TestVault.text(vault.read("sys/receipts/" + scope + ".3")))
                        .contains("\"signature\"");
                assertThat(held).noneMatch(record -> holds(directory, record));
                assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
            }
        }
        assertThat(held).noneMatch(record -> holds(directory, record));
    }

    private static void rewrap(TestVault vault, Scope scope) {
        vault.change(writer -> {
            for (StorageKey key : writer.scan(Folder.of(scope), "", 100).items()) {
                writer.put(key, writer.get(key).orElseThrow());
            }
        });
    }

    private static void runOut(TestVault vault, RocksDbDisk disk) {
        List<Job> jobs = List.of(
                new DestroyJob(vault.time(), TestVault.seeded(3), vault.events()::add),
                new PurgeJob(disk, Runnable::run, vault.events()::add));
        boolean more = true;
        while (more) {
            more = false;
            for (Job job : jobs) {
                more |= vault.vault().unsealed(job::step).isPresent();
            }
        }
    }

    private static byte[] record(RocksDbDisk disk, Scope scope) {
        byte[] key = ("keys\0" + scope).getBytes(StandardCharsets.UTF_8);
        try (var view = disk.view()) {
            return view.get(Family.KEYS, key).orElseThrow();
        }
    }

    /// Whether any 16 bytes in a row of the record's nonce and ciphertext stand in a file.
    private static boolean holds(Path directory, byte[] record) {
        try {
            List<String> files = DataFiles.contents(directory);
            for (int from = 5; from + 16 <= record.length; from += 16) {
                String part = new String(record, from, 16, StandardCharsets.ISO_8859_1);
                if (files.stream().anyMatch(file -> file.contains(part))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
