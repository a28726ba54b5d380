// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.keyring.KeyStatus;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a rekey leaves to be done: keyrings under the new term of `keys`, its older terms gone.
class RekeyJobTest {
    private static final int MOUNTS = 3;
    private static final int MOST_STEPS = 200;

    private static TestVault filled(FaultyDisk disk) {
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);
        for (int i = 0; i < MOUNTS; i++) {
            vault.write("sys/mounts/m" + i, "{\"type\":\"kv\"}");
            vault.write("m" + i + "/k", "{\"v\":" + i + "}");
        }
        return vault;
    }

    private static List<Secret> rekeyed(TestVault vault) {
        Response last = Asking.root(vault).rekey(3, 2, "", vault.shares());
        Asking.arrived(last);
        return Asking.shares(last);
    }

    /// Steps both jobs until neither has anything to do; whether the disk failed on the way.
    private static boolean runOut(TestVault vault) {
        RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
        PurgeJob purge = new PurgeJob(vault.disk(), Runnable::run, vault.events()::add);
        try {
            for (int i = 0; i < MOST_STEPS; i++) {
                boolean more = vault.vault().unsealed(rekey::step).isPresent();
                more |= vault.vault().unsealed(purge::step).isPresent();
                if (!more) {
                    return false;
                }
            }
            throw new AssertionError("the jobs do not end");
        } catch (RuntimeException failed) {
            return true;
        }
    }

    private static void checkValues(TestVault vault) {
        for (int i = 0; i < MOUNTS; i++) {
            assertThat(TestVault.text(vault.read("m" + i + "/k"))).isEqualTo("{\"v\":" + i + "}");
        }
    }

    private static List<TermInfo> keys(TestVault vault) {
        return vault.look(reader ->
                ((OpenSnapshot) reader).keyring(Scope.KEYS).orElseThrow().terms());
    }

    private static void checkDone(TestVault vault) {
        assertThat(vault.look(RekeyJob::isDone)).isTrue();
        assertThat(vault.look(Owed::names)).isEmpty();
        List<TermInfo> terms = keys(vault);
        int primary = terms.getLast().term().value();
        assertThat(terms.getLast().status()).isEqualTo(KeyStatus.PRIMARY);
        assertThat(terms.subList(0, terms.size() - 1)).isNotEmpty().allSatisfy(term -> assertThat(term.status())
                .isEqualTo(KeyStatus.DESTROYED));
        List<Scope> scopes = vault.look(reader -> reader.scopes("", 100).items());
        assertThat(scopes).hasSizeGreaterThan(MOUNTS);
        for (Scope scope : scopes) {
            assertThat(vault.committer().<Integer>read(reader -> reader.get(Keyrings.record(scope))
                            .orElseThrow()
                            .term()))
                    .as(scope.name())
                    .isEqualTo(primary);
        }
    }

    @Test
    void everyKeyringIsUnderTheNewTermAndTheOldOnesAreGone() {
        try (TestVault vault = filled(new FaultyDisk())) {
            List<Secret> fresh = rekeyed(vault);
            assertThat(keys(vault)).hasSize(2);
            assertThat(runOut(vault)).isFalse();
            checkDone(vault);
            checkValues(vault);
            assertThat(Asking.opens(vault, fresh.subList(0, 2))).isTrue();
            checkDone(vault);
            checkValues(vault);
        }
    }

    @Test
    void whileTwoSetsOfSharesOpenTheStoreNothingIsTakenAway() {
        try (TestVault vault = filled(new FaultyDisk())) {
            List<Secret> fresh = rekeyed(vault);
            Response last = Asking.root(vault).rekey(3, 2, "", fresh);
            RekeyJob job = new RekeyJob((writer, terms, record) -> {});
            for (int i = 0; i < 10; i++) {
                assertThat(vault.vault().unsealed(job::step)).isPresent();
            }
            assertThat(keys(vault)).noneMatch(term -> term.status() == KeyStatus.DESTROYED);
            assertThat(Asking.opens(vault, fresh.subList(1, 3))).isTrue();
            checkValues(vault);
            assertThat(Asking.opens(vault, Asking.shares(last))).isTrue();
            assertThat(runOut(vault)).isFalse();
            checkDone(vault);
            checkValues(vault);
        }
    }

    @Test
    void aRotationOnTheWayIsFollowed() {
        try (TestVault vault = filled(new FaultyDisk())) {
            rekeyed(vault);
            RekeyJob job = new RekeyJob((writer, terms, record) -> {});
            for (int i = 0; i < 3; i++) {
                vault.vault().unsealed(job::step);
                vault.write("sys/rotate", "{\"scope\":\"keys\"}");
            }
            assertThat(runOut(vault)).isFalse();
            checkDone(vault);
            checkValues(vault);
        }
    }

    @Test
    void whoeverStillReadsAnOlderSnapshotReadsToItsEnd() {
        try (TestVault filled = filled(new FaultyDisk());
                TestVault cold = filled.restart().unseal()) {
            List<StorageKey> values = cold.look(reader -> values(cold, reader));
            cold.vault().seal();
            cold.unseal();
            cold.look(reader -> {
                rekeyed(cold);
                RekeyJob rekey = new RekeyJob((writer, terms, record) -> {});
                PurgeJob purge = new PurgeJob(cold.disk(), Runnable::run, cold.events()::add);
                for (int i = 0; i < MOST_STEPS; i++) {
                    assertThat(cold.vault().unsealed(rekey::step)).isPresent();
                    cold.vault().unsealed(purge::step);
                }
                assertThat(keys(cold)).noneMatch(term -> term.status() == KeyStatus.DESTROYED);
                values.forEach(value -> assertThat(reader.get(value)).isPresent());
                assertThat(cold.vault().<Optional<?>>unsealed(barrier -> barrier.rootKeys()
                                .of(wrappedFor(1))))
                        .as("of the older snapshot")
                        .isPresent();
                return true;
            });
            assertThat(runOut(cold)).isFalse();
            checkDone(cold);
            checkValues(cold);
            assertThat(cold.vault()
                            .<Optional<?>>unsealed(barrier -> barrier.rootKeys().of(wrappedFor(1))))
                    .as("of the former shares")
                    .isEmpty();
        }
    }

    private static List<StorageKey> values(TestVault vault, BarrierReader reader) {
        return vault.mounts().read(reader).all().stream()
                .filter(mount -> mount.type().equals("kv"))
                .map(mount ->
                        reader.scan(Folder.of(mount.scope()), "", 1).items().getFirst())
                .toList();
    }

    private static Ciphertext wrappedFor(int generation) {
        return new Ciphertext(
                ByteBuffer.allocate(32).put((byte) 1).putInt(generation).array());
    }

    @Test
    void killedAtEachWriteItIsDoneAfterwards() {
        assertThat(Kill.atEach(RekeyJobTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(3));
    }

    private static boolean isReached(Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = filled(disk);
        List<Secret> fresh = rekeyed(vault);
        disk.failAt(kill);
        boolean failed = runOut(vault);
        TestVault left = vault.restart(disk.reopen());
        assertThat(Asking.opens(left, fresh.subList(0, 2))).as(kill.toString()).isTrue();
        checkValues(left);
        assertThat(runOut(left)).isFalse();
        checkDone(left);
        checkValues(left);
        left.close();
        return failed;
    }
}
