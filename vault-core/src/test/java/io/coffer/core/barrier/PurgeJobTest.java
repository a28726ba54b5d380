// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Event;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.TestVault;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PurgeJobTest {
    private static final Scope ONE = new Scope("11111111-2222-3333-4444-555555555555");
    private static final Scope OTHER = new Scope("11111111-2222-3333-4444-666666666666");

    private final WatchedDisk disk = new WatchedDisk();
    private final List<Runnable> tasks = new ArrayList<>();
    private TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
    private PurgeJob job = job();

    private PurgeJob job() {
        return new PurgeJob(disk, tasks::add, vault.events()::add);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Optional<?> step() {
        return vault.vault().unsealed(job::step);
    }

    private void change(java.util.function.Consumer<BarrierWriter> work) {
        vault.vault()
                .unsealed(barrier -> barrier.govern(writer -> {
                    work.accept(writer);
                    return true;
                }))
                .toCompletableFuture()
                .join();
    }

    private void create(Scope scope) {
        change(writer -> writer.createKeyring(scope, Instant.EPOCH));
    }

    private boolean paid() {
        return vault.vault().unsealed(barrier -> barrier.survey(Owed::names).isEmpty());
    }

    /// Steps until the executor has work.
    private void begin() {
        for (int i = 0; tasks.isEmpty(); i++) {
            assertThat(step()).isPresent();
            assertThat(i).isLessThan(10);
        }
    }

    /// Steps until there is nothing to do; the executor is quick.
    private void runOut() {
        for (int i = 0; step().isPresent(); i++) {
            List.copyOf(tasks).forEach(Runnable::run);
            tasks.clear();
            assertThat(i).isLessThan(50);
        }
    }

    @Test
    void aNewStoreAndANewScopeOweNothing() {
        create(ONE);
        assertThat(paid()).isTrue();
        assertThat(step()).isEmpty();
        assertThat(disk.asked).isEmpty();
    }

    @Test
    void aRemovedScopeIsErasedFirstAndFreedThen() {
        create(ONE);
        change(writer -> writer.removeScope(ONE));
        assertThat(paid()).isFalse();
        runOut();
        assertThat(disk.asked).containsExactly("purge", "traces of 1", "reclaim " + Family.ENTRIES);
        assertThat(vault.events()).contains(new Event.KeysErased(1));
        assertThat(paid()).isTrue();
        assertThat(step()).isEmpty();
    }

    @Test
    void onePurgeIsForAllThatIsOwed() {
        create(ONE);
        create(OTHER);
        change(writer -> writer.removeScope(ONE));
        change(writer -> writer.removeScope(OTHER));
        change(writer -> writer.rotate(Scope.SYSTEM, Instant.EPOCH));
        change(writer -> writer.rotate(Scope.KEYS, Instant.EPOCH));
        change(writer -> writer.owePurge(new byte[Owed.NONCE_BYTES]));
        runOut();
        assertThat(disk.asked)
                .containsExactly("purge", "traces of 5", "reclaim " + Family.ENTRIES, "reclaim " + Family.ENTRIES);
    }

    @Test
    void aTransactionThatThrowsOwesNothing() {
        create(ONE);
        vault.vault()
                .unsealed(barrier -> barrier.govern(writer -> {
                    writer.removeScope(ONE);
                    throw new IllegalStateException("not so");
                }));
        assertThat(paid()).isTrue();
    }

    @Test
    void theDoorIsOpenWhileTheDiskWorks() {
        create(ONE);
        change(writer -> writer.removeScope(ONE));
        begin();
        assertThat(disk.asked).isEmpty();
        assertThat(step()).isPresent();
        assertThat(tasks).hasSize(1);
        vault.vault().seal();
        assertThat(vault.events()).contains(new Event.VaultSealed(true));
        tasks.getFirst().run();
        vault.unseal();
        runOut();
        assertThat(paid()).isTrue();
        assertThat(disk.asked).containsExactly("purge", "traces of 1", "reclaim " + Family.ENTRIES);
    }

    @Test
    void whatARestartCutsOffIsDoneAgain() {
        create(ONE);
        change(writer -> writer.removeScope(ONE));
        begin();
        vault = vault.restart().unseal();
        job = job();
        assertThat(paid()).isFalse();
        tasks.clear();
        runOut();
        assertThat(paid()).isTrue();
    }

    @Test
    void aPurgeThatFailsIsStillOwed() {
        create(ONE);
        change(writer -> writer.removeScope(ONE));
        disk.fails = true;
        begin();
        tasks.getFirst().run();
        tasks.clear();
        assertThatThrownBy(this::step).isInstanceOf(StorageUnavailableException.class);
        assertThat(paid()).isFalse();
        disk.fails = false;
        runOut();
        assertThat(paid()).isTrue();
    }

    @Test
    void aNonceThatIsFoundAfterAPurgeIsStillOwed() {
        change(writer -> writer.rotate(Scope.SYSTEM, Instant.EPOCH));
        change(writer -> writer.owePurge(new byte[Owed.NONCE_BYTES]));
        disk.left = List.of(new byte[Owed.NONCE_BYTES]);
        begin();
        tasks.getFirst().run();
        tasks.clear();
        step();
        assertThatThrownBy(this::step)
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageStartingWith(
                        "1 retired records of keys are still in files below the data directory; if a copy");
        assertThat(paid()).isFalse();
        disk.left = List.of();
        runOut();
        assertThat(paid()).isTrue();
        assertThat(vault.events()).contains(new Event.KeysErased(1));
    }

    private static byte[] nonce(int i) {
        return ByteBuffer.allocate(Owed.NONCE_BYTES).putInt(i).array();
    }

    @Test
    void manyAreOnePurgeAndSettledInParts() {
        change(writer -> IntStream.range(0, 10_000).forEach(i -> writer.owePurge(nonce(i))));
        begin();
        tasks.getFirst().run();
        tasks.clear();
        int writes = disk.writes;
        runOut();
        assertThat(disk.asked).containsExactly("purge", "traces of 10000");
        assertThat(disk.writes - writes).isEqualTo(10_000 / Owed.PAGE + 1);
        assertThat(vault.events()).contains(new Event.KeysErased(10_000));
    }

    @Test
    void debtsThatStillComeAreWaitedForButNotForEver() {
        for (int i = 0; i < 20; i++) {
            byte[] nonce = nonce(i);
            change(writer -> writer.owePurge(nonce));
            assertThat(step()).isPresent();
        }
        assertThat(tasks).isEmpty();
        runOut();
        assertThat(disk.asked).containsExactly("purge", "traces of 20");
        int more = 20;
        while (tasks.isEmpty()) {
            byte[] nonce = nonce(more++);
            change(writer -> writer.owePurge(nonce));
            step();
            assertThat(more).isLessThan(1_000);
        }
    }

    @Test
    void nothingIsErasedWhileASnapshotShowsIt() {
        create(ONE);
        vault.look(reader -> {
            change(writer -> writer.removeScope(ONE));
            for (int i = 0; i < 20; i++) {
                assertThat(step()).isPresent();
            }
            assertThat(tasks).isEmpty();
            return true;
        });
        vault.look(reader -> {
            begin();
            return true;
        });
        runOut();
        assertThat(paid()).isTrue();
    }

    @Test
    void aNonceHasItsLength() {
        assertThatThrownBy(() -> change(writer -> writer.owePurge(new byte[12])))
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
