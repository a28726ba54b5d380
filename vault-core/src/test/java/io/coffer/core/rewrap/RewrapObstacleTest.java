// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Event;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.TestVault;
import io.coffer.core.Timestamps;
import io.coffer.core.request.Response;
import io.coffer.core.storage.DamagedDisk;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rewrap of a store some of which cannot be read: everything else is moved, and the status tells what
/// stands in the way, until somebody has seen to it.
class RewrapObstacleTest {
    private static final List<String> MOUNTS = List.of("one", "two", "three");
    private static final int VALUES = 150;

    /// The values of a scope before this one, which cannot be read, are moved.
    private static final int DAMAGED = 70;

    private final DamagedDisk disk = new DamagedDisk(new MemoryDisk());
    private TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
    private RewrapJob job = Moving.job(vault);
    private Scope two = Scope.SYSTEM;

    @BeforeEach
    void fill() {
        for (String mount : MOUNTS) {
            vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
            Scope scope = scope(mount);
            vault.change(writer -> {
                for (int i = 0; i < VALUES; i++) {
                    writer.put(key(scope, i), Moving.plain("value " + i));
                }
            });
        }
        two = scope("two");
        vault.write("sys/rotate", "");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Scope scope(String mount) {
        return vault.look(reader ->
                vault.mounts().read(reader).at(mount + "/").orElseThrow().scope());
    }

    private static StorageKey key(Scope scope, int number) {
        return new StorageKey(scope, "x/%03d".formatted(number));
    }

    private boolean step() {
        return vault.vault().unsealed(job::step).isPresent();
    }

    /// Steps until it has ended, or stands.
    private void run() {
        for (int i = 0; step() && !stands(); i++) {
            assertThat(i).isLessThan(5_000);
        }
    }

    private boolean stands() {
        return vault.obstacles().nextTry().isPresent();
    }

    private String status() {
        return TestVault.text(vault.read("sys/rewrap"));
    }

    private void damageAndRun() {
        disk.damage(key(two, DAMAGED));
        vault.write("sys/rewrap", "{}");
        run();
    }

    private long obstructed() {
        return vault.events().stream()
                .filter(new Event.RewrapObstructed(two.name(), DamagedDisk.MESSAGE)::equals)
                .count();
    }

    /// As it is where somebody has taken a total out of the census.
    @Test
    void aTotalBelowNothingHidesNoValueOfAnotherScope() {
        vault.close();
        Folder all = Folder.of(two);
        disk.write(List.of(new Disk.Change.DeleteRange(Family.TALLY, all.encoded(), all.end())));
        vault = vault.restart(disk).unseal();
        vault.change(writer -> {
            for (int i = 0; i < VALUES; i++) {
                writer.delete(key(two, i));
                writer.put(key(scope("three"), i), Moving.plain("is under the newest key"));
            }
        });
        assertThat(vault.committer().census(two).get(1).values()).isEqualTo(-VALUES);
        job = Moving.job(vault);
        vault.write("sys/rewrap", "{}");
        run();
        assertThat(Moving.scan(vault.committer(), scope("one"))).containsOnlyKeys(2);
    }

    @Test
    void everythingElseIsMovedAndThenItStandsAndSaysWhereAndWhyAndWhatToDo() {
        damageAndRun();
        for (String mount : List.of("one", "three")) {
            assertThat(Moving.scan(vault.committer(), scope(mount))).as(mount).containsOnlyKeys(2);
        }
        Tally old = vault.committer().census(two).get(1);
        assertThat(old.values()).isEqualTo(VALUES - DAMAGED);
        assertThat(status())
                .contains("\"under_way\":true", "\"stands\":true", "\"values_left\":" + old.values())
                .contains("\"obstacles\":[{\"scope\":\"" + two + "\",\"after\":\"x/069\",\"reason\":\""
                        + DamagedDisk.MESSAGE + "\"}]")
                .contains("\"advice\":\"stop the vault", "\"rate\":0,")
                .contains(
                        "\"next_try\":\"" + Timestamps.format(vault.time().now().plus(Obstacles.SHORTEST)) + "\"")
                .doesNotContain("seconds_left");
        assertThat(vault.events())
                .contains(new Event.RewrapProgressed(old.values(), 0, 1, 1))
                .noneMatch(Event.RewrapEnded.class::isInstance);
    }

    @Test
    void itTriesAgainLaterEachTimeAndTellsOfTheSameOnce() {
        damageAndRun();
        Duration rest = Obstacles.SHORTEST;
        for (int tries = 0; tries < 8; tries++) {
            Optional<Instant> next = vault.obstacles().nextTry();
            assertThat(next).hasValue(vault.time().now().plus(rest));
            vault.time().pass(rest.minusNanos(1));
            step();
            assertThat(vault.obstacles().nextTry()).isEqualTo(next);
            vault.time().pass(Duration.ofNanos(1));
            step();
            assertThat(vault.obstacles().nextTry()).isEmpty();
            assertThat(vault.obstacles().all()).as("known while it tries").hasSize(1);
            run();
            rest = rest.multipliedBy(2);
            rest = rest.compareTo(Obstacles.LONGEST) < 0 ? rest : Obstacles.LONGEST;
        }
        assertThat(obstructed()).isEqualTo(1);
    }

    @Test
    void whenItIsReadableAgainTheRestIsMovedByItself() {
        damageAndRun();
        disk.repair();
        vault.time().pass(Obstacles.SHORTEST);
        run();
        assertThat(status())
                .contains("\"under_way\":false", "\"values_left\":0", "\"cancelled\":false")
                .doesNotContain("obstacles");
        Moving.checkAllMoved(vault);
    }

    @Test
    void whenTheMountIsDisabledNothingIsInTheWayAnyMore() {
        damageAndRun();
        assertThat(vault.delete("sys/mounts/two")).isEqualTo(Response.NO_CONTENT);
        vault.time().pass(Obstacles.SHORTEST);
        run();
        assertThat(status()).contains("\"under_way\":false", "\"values_left\":0");
    }

    @Test
    void whoeverAsksAgainIsNotMadeToWaitAndWhoeverCancelsIsHeard() {
        damageAndRun();
        vault.write("sys/rewrap", "{}");
        step();
        assertThat(stands()).isFalse();
        run();
        assertThat(stands()).isTrue();
        vault.delete("sys/rewrap");
        assertThat(step()).isFalse();
        assertThat(status()).contains("\"cancelled\":true").doesNotContain("obstacles", "stands");
        assertThat(vault.obstacles().all()).isEmpty();
    }

    @Test
    void aKeyringThatDoesNotOpenIsOnlyInTheWayOfItsScope() {
        Raw.bend(vault.committer(), new StorageKey(Scope.KEYS, two.name()));
        vault.write("sys/rewrap", "{}");
        run();
        for (String mount : List.of("one", "three")) {
            assertThat(Moving.scan(vault.committer(), scope(mount))).as(mount).containsOnlyKeys(2);
        }
        assertThat(status())
                .contains("\"stands\":true", "\"obstacles\":[{\"scope\":\"" + two + "\",\"after\":\"\"")
                .contains("keys:" + two + " does not open");
    }

    @Test
    void aKeyringThatCannotBeMovedIsNamedAndTheOthersAre() {
        StorageKey bent = new StorageKey(Scope.KEYS, two.name());
        vault.write("sys/rotate", "{\"scope\":\"keys\"}");
        Raw.bend(vault.committer(), bent);
        vault.write("sys/rewrap", "{\"scope\":\"keys\"}");
        run();
        assertThat(status()).contains("\"under_way\":false", "\"values_skipped\":1", "\"skipped\":[\"" + bent + "\"]");
        assertThat(vault.committer().census(Scope.KEYS).get(2).values()).isEqualTo(1);
    }

    @Test
    void aDiskThatTakesNoWritesIsToldWhileItDoesNot() {
        FaultyDisk faulty = new FaultyDisk();
        try (TestVault other = TestVault.open(TestVault.Setup.over(faulty), 1, 1)) {
            other.write("sys/rotate", "{\"rewrap\":true}");
            faulty.failBefore();
            RewrapJob failing = Moving.job(other);
            assertThatThrownBy(() -> {
                        while (true) {
                            other.vault().unsealed(failing::step);
                        }
                    })
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(TestVault.text(other.read("sys/rewrap")))
                    .contains(
                            "\"under_way\":true", "\"stands\":true", "\"failure\":\"the disk failed", "\"advice\":\"");
            try (TestVault again = other.restart(faulty.reopen()).unseal()) {
                assertThat(Moving.runOut(again)).isFalse();
                assertThat(TestVault.text(again.read("sys/rewrap"))).doesNotContain("failure", "stands");
            }
        }
    }

    @Test
    void startedAgainAtWhateverStepItComesToStandAndDoesNotEnd() {
        disk.damage(key(two, DAMAGED));
        vault.write("sys/rewrap", "{}");
        int restarts = 0;
        while (!stands()) {
            for (int i = 0; i <= restarts && !stands(); i++) {
                step();
                vault.time().pass(Duration.ofSeconds(1)); // so that each step is written down
            }
            boolean stood = stands();
            vault = vault.restart().unseal();
            job = Moving.job(vault);
            if (stood) {
                run();
            }
            restarts++;
            assertThat(vault.look(Rewrap::read).orElseThrow().isUnderWay())
                    .as("after %d restarts", restarts)
                    .isTrue();
        }
        assertThat(restarts).isGreaterThan(5);
    }
}
