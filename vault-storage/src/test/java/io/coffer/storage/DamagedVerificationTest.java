// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.backup.Report;
import io.coffer.core.backup.Verification;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A verification of a store with a bent byte in a table ends, and tells behind which value and in which file; every
/// other scope is verified.
class DamagedVerificationTest {
    private static final int VALUES = 1_500;
    private static final int BENDS = 8;

    @TempDir
    Path directory;

    @Test
    void whereATableIsBentIsToldAndTheOtherScopesAreVerified() throws IOException {
        Path image = directory.resolve("image");
        TestVault made;
        try (Disk disk = RocksDbDisk.open(image)) {
            made = TestVault.open(TestVault.Setup.over(disk), 1, 1);
            made.change(writer -> {
                for (int i = 0; i < VALUES; i++) {
                    writer.put(new StorageKey(Scope.LEASES, "x/" + i), new Plaintext(new byte[100]));
                }
            });
            made.close();
            disk.purge(); // which writes the tables
        }
        Path table = DataFiles.database(image, ".sst").stream()
                .max(Comparator.comparing(DamagedVerificationTest::length))
                .orElseThrow();
        for (int bend = 1; bend < BENDS; bend++) {
            Path copy = directory.resolve("copy" + bend);
            DataFiles.copy(image, copy);
            Path bent = copy.resolve(image.relativize(table));
            byte[] bytes = Files.readAllBytes(bent);
            bytes[bytes.length * 9 / 10 * bend / BENDS] ^= 1;
            Files.write(bent, bytes);
            try (Disk disk = RocksDbDisk.open(copy);
                    TestVault vault = made.restart(disk).unseal()) {
                Report report = verify(vault);
                assertThat(report.isSound()).isFalse();
                assertThat(report.names()).as("bend %d", bend).hasSize(1);
                assertThat(report.names().getFirst()).startsWith("leases:").contains(DataFiles.name(table));
                assertThat(report.done()).isBetween(10L, report.total());
                assertThat(report.compared()).isGreaterThanOrEqualTo(3);
            }
        }
    }

    private static Report verify(TestVault vault) {
        Verification verification = new Verification(vault.committer(), vault.time(), (reader, scope) -> true);
        vault.vault().unsealed(verification::start);
        for (int step = 0; verification.report().isUnderWay(); step++) {
            vault.vault().unsealed(verification::step);
            assertThat(step).isLessThan(5_000);
        }
        return verification.report();
    }

    private static long length(Path file) {
        return file.toFile().length();
    }
}
