// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.number;
import static io.coffer.core.storage.Entries.put;
import static io.coffer.core.storage.Entries.text;
import static io.coffer.core.storage.Entries.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Another transaction is accepted between the first run of a transaction and its acceptance. Each test
/// is repeated with the conflict check switched off, and must then see the harm.
class IsolationTest {
    private final ManualExecutor log = new ManualExecutor();
    private Committer checked = committer(new MemoryDisk());
    private Committer blind = BlindStamps.committer(new MemoryDisk(), log);

    @BeforeEach
    void fresh() {
        checked = committer(new MemoryDisk());
        blind = BlindStamps.committer(new MemoryDisk(), log);
    }

    private Committer committer(Disk disk) {
        return new Committer(disk, log, Observer.none(), Time.system());
    }

    /// Runs a transaction, and once, in the midst of its first run, another one.
    private int runs(
            Committer storage,
            Consumer<Writer<Ciphertext>> reads,
            Consumer<Writer<Ciphertext>> other,
            Consumer<Writer<Ciphertext>> writes) {
        AtomicInteger runs = new AtomicInteger();
        storage.write(w -> {
            reads.accept(w);
            if (runs.getAndIncrement() == 0) {
                storage.write(o -> {
                    other.accept(o);
                    return 0;
                });
            }
            writes.accept(w);
            return 0;
        });
        log.runAll();
        return runs.get();
    }

    @Test
    void twoWritersThatReadWhatTheOtherWritesRunOneAfterTheOther() {
        // Each gives up its own lamp if the other one burns; one must go on burning.
        assertThat(writeSkew(checked)).as("lamps").isEqualTo(1);
        assertThat(writeSkew(blind)).as("lamps without the check").isZero();
    }

    private int writeSkew(Committer storage) {
        storage.write(w -> {
            put(w, "left", 1);
            put(w, "right", 1);
            return 0;
        });
        log.runAll();
        int[] left = new int[1];
        runs(
                storage,
                w -> left[0] = number(w, "right"),
                o -> putOut(o, "right", number(o, "left")),
                w -> putOut(w, "left", left[0]));
        return storage.<Integer>read(r -> number(r, "left") + number(r, "right"));
    }

    private static void putOut(Writer<Ciphertext> writer, String lamp, int other) {
        if (other == 1) {
            put(writer, lamp, 0);
        }
    }

    @Test
    void aLostUpdateIsNotPossible() {
        assertThat(lostUpdate(checked)).isEqualTo(2);
        assertThat(lostUpdate(blind)).as("without the check").isEqualTo(1);
    }

    private int lostUpdate(Committer storage) {
        int[] seen = new int[1];
        runs(
                storage,
                w -> seen[0] = number(w, "n"),
                o -> put(o, "n", number(o, "n") + 1),
                w -> put(w, "n", seen[0] + 1));
        return storage.<Integer>read(r -> number(r, "n"));
    }

    @Test
    void aDecisionOnAListSeesNoPhantom() {
        Function<Reader<Ciphertext>, Integer> list =
                r -> r.list(ROOT.folder("f"), "", 9).items().size();
        assertThat(phantom(checked, list, "f/new")).isEqualTo(1);
        assertThat(phantom(blind, list, "f/new")).as("without the check").isEqualTo(2);
    }

    @Test
    void aDecisionOnAScanSeesNoPhantomHoweverDeep() {
        Function<Reader<Ciphertext>, Integer> scan =
                r -> r.scan(ROOT.folder("f"), "", 9).items().size();
        assertThat(phantom(checked, scan, "f/deep/er/new")).isEqualTo(1);
        assertThat(phantom(blind, scan, "f/deep/er/new"))
                .as("without the check")
                .isEqualTo(2);
    }

    @Test
    void aDecisionOnAnAbsentKeySeesNoPhantom() {
        Function<Reader<Ciphertext>, Integer> get = r -> text(r, "f/x").isEmpty() ? 0 : 1;
        assertThat(phantom(checked, get, "f/x")).isEqualTo(1);
        assertThat(phantom(blind, get, "f/x")).as("without the check").isEqualTo(2);
    }

    /// Both add one entry if they see none.
    private int phantom(Committer storage, Function<Reader<Ciphertext>, Integer> count, String path) {
        int[] seen = new int[1];
        Consumer<Writer<Ciphertext>> other = o -> {
            if (count.apply(o) == 0) {
                put(o, path, 1);
            }
        };
        runs(storage, w -> seen[0] = count.apply(w), other, w -> {
            if (seen[0] == 0) {
                put(w, "f/mine", 1);
            }
        });
        return storage.<Integer>read(r -> r.scan(ROOT, "", 9).items().size());
    }

    @Test
    void aCacheHitCountsAsARead() {
        Consumer<Writer<Ciphertext>> hit = w -> assertThat(w.version()).isPositive();
        assertThat(runs(
                        checked,
                        hit.andThen(w -> w.unchanged(ROOT.key("a"), 1)),
                        o -> put(o, "a", 1),
                        w -> put(w, "b", 1)))
                .isEqualTo(2);
        assertThat(runs(
                        checked,
                        hit.andThen(w -> w.unchanged(ROOT.folder("f"), 1)),
                        o -> put(o, "f/x", 1),
                        w -> put(w, "b", 1)))
                .isEqualTo(2);
    }

    @Test
    void aClearIsAConflictForWhoReadAnythingOfTheScope() {
        checked.write(w -> {
            put(w, "a", 1);
            return 0;
        });
        log.runAll();
        assertThat(runs(checked, w -> text(w, "a"), o -> o.clear(ROOT), w -> put(w, "b", 1)))
                .isEqualTo(2);
        assertThat(checked.<Integer>read(r -> r.scan(ROOT, "", 9).items().size()))
                .isEqualTo(1);
    }

    @Test
    void aBlindPutIsNoConflictWhateverBecomesOfTheValueItReplaces() {
        Consumer<Writer<Ciphertext>> twoBytes = w -> put(w, "a", 2);
        assertThat(runs(checked, w -> {}, o -> put(o, "a", 1), twoBytes)).isEqualTo(1);
        assertThat(runs(checked, w -> {}, o -> put(o, "a", 300), twoBytes)).isEqualTo(1);
        assertThat(runs(checked, w -> {}, o -> o.delete(ROOT.key("a")), twoBytes))
                .isEqualTo(1);
        assertThat(runs(checked, w -> {}, o -> o.clear(ROOT), twoBytes)).isEqualTo(1);
        Consumer<Writer<Ciphertext>> clears = w -> {
            w.clear(ROOT);
            put(w, "a", 2);
        };
        assertThat(runs(checked, w -> put(w, "a", 1), o -> put(o, "a", 300), clears))
                .isEqualTo(1);
        assertThat(Entries.totals(checked, Entries.SCOPE)).isEqualTo(Entries.count(checked, Entries.SCOPE));
    }

    @Test
    void aRemovalConflictsOnTheValueItRemoves() {
        assertThat(runs(checked, w -> {}, o -> put(o, "a", 1), w -> w.delete(ROOT.key("a"))))
                .isEqualTo(2);
        assertThat(Entries.totals(checked, Entries.SCOPE)).isEqualTo(Entries.count(checked, Entries.SCOPE));
    }

    @Test
    void whatHasNothingToDoWithItIsNoConflict() {
        assertThat(runs(checked, w -> text(w, "f/a"), o -> put(o, "g/b", 1), w -> put(w, "f/c", 1)))
                .isEqualTo(1);
        assertThat(runs(checked, w -> w.list(ROOT.folder("f"), "", 9), o -> put(o, "g/d", 1), w -> put(w, "h", 1)))
                .isEqualTo(1);
    }

    @Test
    void aBlindWriteOutsideTheCensusConflictsWithNothing() {
        StorageKey seal = new StorageKey(Scope.SEAL, "record");
        assertThat(runs(checked, w -> {}, o -> o.put(seal, value("1")), w -> w.put(seal, value("2"))))
                .isEqualTo(1);
        assertThat(checked.<String>read(r -> Entries.text(r.get(seal).orElseThrow())))
                .isEqualTo("2");
    }
}
