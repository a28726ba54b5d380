// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Values under older terms, moved to the primary ones.
class RewrapJobTest {
    private static final int MOUNTS = 3;
    private static final int VALUES = 150;

    private static TestVault filled(Disk disk) {
        return filled(TestVault.Setup.over(disk));
    }

    private static TestVault filled(TestVault.Setup setup) {
        TestVault vault = TestVault.open(setup, 3, 2);
        for (int mount = 0; mount < MOUNTS; mount++) {
            vault.write("sys/mounts/m" + mount, "{\"type\":\"kv\"}");
            Scope scope = scope(vault, mount);
            vault.change(writer -> {
                for (int i = 0; i < VALUES; i++) {
                    writer.put(new StorageKey(scope, "x/" + i), Moving.plain("value " + i));
                }
            });
            vault.write("m" + mount + "/k", "{\"v\":" + mount + "}");
        }
        return vault;
    }

    private static Scope scope(TestVault vault, int mount) {
        return vault.look(reader ->
                vault.mounts().read(reader).at("m" + mount + "/").orElseThrow().scope());
    }

    private static void checkValues(TestVault vault) {
        for (int mount = 0; mount < MOUNTS; mount++) {
            assertThat(TestVault.text(vault.read("m" + mount + "/k"))).isEqualTo("{\"v\":" + mount + "}");
            Scope scope = scope(vault, mount);
            for (int i = 0; i < VALUES; i++) {
                StorageKey key = new StorageKey(scope, "x/" + i);
                assertThat(vault.look(reader -> reader.get(key).orElseThrow()).bytes())
                        .isEqualTo(Moving.plain("value " + i).bytes());
            }
        }
    }

    private static void rotate(TestVault vault) {
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void everyValueIsMovedAndReads() {
        try (TestVault vault = filled(new FaultyDisk())) {
            rotate(vault);
            rotate(vault);
            assertThat(Moving.scan(vault.committer(), scope(vault, 0))).containsOnlyKeys(1);
            vault.write("sys/rewrap", "{}");
            assertThat(Moving.runOut(vault)).isFalse();
            Moving.checkAllMoved(vault);
            assertThat(Moving.scan(vault.committer(), scope(vault, 0))).containsOnlyKeys(3);
            checkValues(vault);
            assertThat(TestVault.text(vault.read("sys/rewrap")))
                    .contains("\"under_way\":false", "\"values_left\":0", "\"values_skipped\":0");
            vault.write("sys/rewrap", "{}");
            assertThat(Moving.runOut(vault)).isFalse();
            Moving.checkAllMoved(vault);
            vault.restart().unseal();
            checkValues(vault.restart().unseal());
        }
    }

    @Test
    void oneScopeIsMovedAndTheOthersStay() {
        try (TestVault vault = filled(new FaultyDisk())) {
            rotate(vault);
            vault.write("sys/rewrap", "{\"scope\":\"" + scope(vault, 1) + "\"}");
            assertThat(Moving.runOut(vault)).isFalse();
            assertThat(Moving.scan(vault.committer(), scope(vault, 1))).containsOnlyKeys(2);
            assertThat(Moving.scan(vault.committer(), scope(vault, 0))).containsOnlyKeys(1);
            checkValues(vault);
        }
    }

    @Test
    void aRotationOnTheWayIsFollowed() {
        try (TestVault vault = filled(new FaultyDisk())) {
            rotate(vault);
            vault.write("sys/rewrap", "{}");
            RewrapJob job = Moving.job(vault);
            for (int i = 0; i < 12; i++) {
                vault.vault().unsealed(job::step);
                if (i % 4 == 3) {
                    rotate(vault);
                }
            }
            assertThat(Moving.runOut(vault)).isFalse();
            Moving.checkAllMoved(vault);
            checkValues(vault);
        }
    }

    @Test
    void aValueThatDoesNotOpenIsListedAndStaysAsItIs() {
        try (TestVault vault = filled(new FaultyDisk())) {
            StorageKey bent = new StorageKey(scope(vault, 2), "x/77");
            byte[] bytes = Raw.bend(vault.committer(), bent);
            rotate(vault);
            vault.write("sys/rewrap", "{}");
            assertThat(Moving.runOut(vault)).isFalse();
            assertThat(Moving.scan(vault.committer(), bent.scope()).get(1).getFirst())
                    .isEqualTo(1);
            Moving.checkCensus(vault);
            assertThat(TestVault.text(vault.read("sys/rewrap")))
                    .contains("\"values_skipped\":1", "\"skipped\":[\"" + bent + "\"]", "\"values_left\":0");
            assertThat(vault.committer()
                            .<byte[]>read(
                                    reader -> reader.get(bent).orElseThrow().bytes()))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aValueThatDoesNotOpenIsHealedByWhoeverWritesItAnewAndByWhoeverDeletesIt() {
        try (TestVault vault = filled(new FaultyDisk())) {
            for (int mount = 0; mount < 2; mount++) {
                Raw.bend(vault.committer(), new StorageKey(scope(vault, mount), "v1/k"));
            }
            assertThat(vault.write("m0/k", "{\"v\":0}")).isEqualTo(Response.NO_CONTENT);
            assertThat(vault.delete("m1/k")).isEqualTo(Response.NO_CONTENT);
            rotate(vault);
            vault.write("sys/rewrap", "{}");
            assertThat(Moving.runOut(vault)).isFalse();
            assertThat(TestVault.text(vault.read("sys/rewrap"))).contains("\"values_skipped\":0");
            Moving.checkAllMoved(vault);
        }
    }

    @Test
    void whatTheDiskHasNotYetIsNotCountedAsLeftAtTheEnd() {
        Deque<Runnable> log = new ArrayDeque<>();
        AtomicBoolean slow = new AtomicBoolean();
        TestVault.Setup setup = TestVault.Setup.over(new MemoryDisk()).log(batch -> {
            log.add(batch);
            while (!slow.get() && !log.isEmpty()) {
                log.removeFirst().run();
            }
        });
        try (TestVault vault = filled(setup)) {
            rotate(vault);
            vault.write("sys/rewrap", "{\"scope\":\"" + scope(vault, 1) + "\"}");
            RewrapJob job = Moving.job(vault);
            slow.set(true);
            for (int i = 0; i < 100; i++) {
                vault.vault().unsealed(job::step);
            }
            slow.set(false);
            while (!log.isEmpty()) {
                log.removeFirst().run();
            }
            while (vault.vault().unsealed(job::step).isPresent()) {
                vault.time().pass(Duration.ofMillis(1));
            }
            assertThat(TestVault.text(vault.read("sys/rewrap"))).contains("\"under_way\":false", "\"values_left\":0");
        }
    }

    @Test
    void whatIsCancelledStaysWhereItIsAndTellsHowFarItCame() {
        try (TestVault vault = filled(new FaultyDisk())) {
            rotate(vault);
            vault.write("sys/rewrap", "{}");
            RewrapJob job = Moving.job(vault);
            for (int i = 0; i < 6; i++) {
                vault.vault().unsealed(job::step);
            }
            assertThat(vault.delete("sys/rewrap")).isEqualTo(Response.NO_CONTENT);
            assertThat(vault.vault().unsealed(job::step)).isEmpty();
            long moved = vault.events().stream()
                    .mapToLong(event -> event instanceof Event.ValuesRewrapped(int some, int none) ? some : 0)
                    .sum();
            assertThat(moved).isPositive();
            assertThat(TestVault.text(vault.read("sys/rewrap")))
                    .contains("\"cancelled\":true", "\"values_moved\":" + moved + ",");
            checkValues(vault);
            Moving.checkCensus(vault);
        }
    }

    @Test
    void killedAtEachWriteItGoesOnAndEveryValueReads() {
        assertThat(Kill.atEach(RewrapJobTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(3 * MOUNTS));
    }

    private static boolean isReached(Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = filled(disk);
        rotate(vault);
        disk.failAt(kill);
        boolean failed = vault.write("sys/rewrap", "{\"rate\":2000}") instanceof Response.Failed;
        failed |= Moving.runOut(vault);
        try (TestVault left = vault.restart(disk.reopen()).unseal()) {
            checkValues(left);
            Moving.checkCensus(left);
            if (TestVault.text(left.read("sys/rewrap")).contains("\"under_way\":false")) {
                left.write("sys/rewrap", "{}");
            }
            assertThat(Moving.runOut(left)).isFalse();
            Moving.checkAllMoved(left);
            checkValues(left);
        }
        return failed;
    }
}
