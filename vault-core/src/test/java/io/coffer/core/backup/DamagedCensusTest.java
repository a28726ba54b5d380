// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.TestVault;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A verification goes through the whole store and ends, whatever became of the census.
class DamagedCensusTest {
    private static final Scope SCOPE = Scope.LEASES;
    private static final int VALUES = 600;

    private final Disk disk = new MemoryDisk();
    private TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);

    /// Where the total of the scope lies, and what lies there.
    private final byte[] key;

    private final byte[] total;

    DamagedCensusTest() {
        vault.change(writer -> {
            for (int i = 0; i < VALUES; i++) {
                writer.put(new StorageKey(SCOPE, "x/" + i), new Plaintext(new byte[] {(byte) i}));
            }
        });
        Folder all = Folder.of(SCOPE);
        try (Disk.View view = disk.view();
                Disk.Cursor cursor = view.range(Family.TALLY, all.encoded(), all.end())) {
            key = cursor.key();
            total = cursor.value();
        }
    }

    @AfterEach
    void close() {
        vault.close();
    }

    /// What a verification says that starts when the disk was changed so.
    private Report verify(Disk.Change... changes) {
        vault.close();
        disk.write(List.of(changes));
        vault = vault.restart(disk).unseal();
        return verified();
    }

    private Report verified() {
        Verification verification = new Verification(vault.committer(), vault.time(), (reader, scope) -> false);
        vault.vault().unsealed(verification::start);
        for (int step = 0; verification.report().isUnderWay(); step++) {
            vault.vault().unsealed(verification::step);
            assertThat(step).as("it ends").isLessThan(1_000);
        }
        return verification.report();
    }

    private static byte[] bent(byte[] bytes, int place) {
        byte[] bent = bytes.clone();
        bent[place] ^= 1;
        return bent;
    }

    @Test
    void aScopeDiffersFromATotalOfWhichAnyByteIsBent() {
        for (int i = 0; i < total.length; i++) {
            Report report = verify(new Disk.Change.Put(Family.TALLY, key, bent(total, i)));
            assertThat(report.differing()).as("byte %d", i).containsExactly(SCOPE.name());
            assertThat(report.bad()).isZero();
            assertThat(report.done()).isGreaterThan(VALUES);
        }
        assertThat(verify(new Disk.Change.Put(Family.TALLY, key, total)).isSound())
                .isTrue();
    }

    /// The first write there stops the log, and what it changed is never durable.
    @Test
    void aScopeThatSomebodyWritesDiffersFromABentTotalToo() {
        assertThat(verify(new Disk.Change.Put(Family.TALLY, key, bent(total, 3)))
                        .isSound())
                .isFalse();
        assertThatThrownBy(() ->
                        vault.change(writer -> writer.put(new StorageKey(SCOPE, "x/1"), new Plaintext(new byte[] {1}))))
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(verified().differing()).containsExactly(SCOPE.name());
    }

    @Test
    void aTotalThatLiesElsewhereIsFoundWhereverThatIs() {
        for (int i = 0; i < key.length; i++) {
            Report report = verify(
                    new Disk.Change.Delete(Family.TALLY, key), new Disk.Change.Put(Family.TALLY, bent(key, i), total));
            assertThat(report.differing()).as("byte %d", i).contains(SCOPE.name());
            assertThat(report.done()).isGreaterThan(VALUES);
            verify(new Disk.Change.Delete(Family.TALLY, bent(key, i)));
        }
    }

    @Test
    void aScopeOfNoTotalIsGoneThroughAllTheSame() {
        Scope hidden = new Scope("hidden");
        byte[] value = {1, 0, 0, 0, 1, 2};
        Report report = verify(
                new Disk.Change.Delete(Family.TALLY, key),
                new Disk.Change.Put(Family.ENTRIES, new StorageKey(hidden, "x").encoded(), value));
        assertThat(report.names()).containsExactly("hidden:x");
        assertThat(report.orphans()).containsExactly("hidden");
        assertThat(report.differing()).containsExactly("hidden", SCOPE.name());
    }

    @Test
    void aKeyThatHasNoScopeIsToldAndTheVaultsOwnScopesAreGoneThrough() {
        for (Family family : Family.values()) {
            byte[] stranger = "A stranger's".getBytes(StandardCharsets.UTF_8);
            Report report = verify(new Disk.Change.Put(family, stranger, new byte[] {1}));
            assertThat(report.names())
                    .as("in %s", family)
                    .containsExactly("the list of scopes: a key on the disk has no scope");
            assertThat(report.isSound()).isFalse();
            assertThat(report.done()).isGreaterThan(VALUES);
            verify(new Disk.Change.Delete(family, stranger));
        }
    }
}
