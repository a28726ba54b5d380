// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.SCOPE;
import static io.coffer.core.storage.Entries.done;
import static io.coffer.core.storage.Entries.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What replaces a value that nobody has read: the census is told of it all the same, and asks the disk as seldom as
/// can be.
class UnreadWritesTest {
    private static final StorageKey KEY = ROOT.key("k");

    private final AtomicInteger looks = new AtomicInteger();
    private final ManualExecutor log = new ManualExecutor();
    private Committer storage = committer(14);

    /// @param setBits the size of the table of headers
    private Committer committer(int setBits) {
        Disk disk = new HeaderLooks(new MemoryDisk(), looks);
        Snapshots snapshots = new Snapshots(disk.view(), Acceptance.FIRST);
        History history = new History(new Stamps(Acceptance.FIRST), new RecentHeaders(setBits));
        Acceptance acceptance = new Acceptance(snapshots, history, StorageLimits.DEFAULT);
        return new Committer(acceptance, new CommitLog(disk, log, acceptance, Observer.none(), Time.system()));
    }

    private void write(Consumer<Writer<Ciphertext>> work) {
        var stage = storage.write(w -> {
            work.accept(w);
            return 0;
        });
        log.runAll();
        done(stage);
    }

    private void assertCounted() {
        assertThat(Entries.totals(storage, SCOPE)).isEqualTo(Entries.count(storage, SCOPE));
    }

    @Test
    void aValueThatIsReplacedOverAndOverIsLookedUpOnce() {
        for (int i = 0; i < 5; i++) {
            String text = "x".repeat(i);
            write(w -> w.put(KEY, value(1, text)));
        }
        assertThat(looks).hasValue(1);
        assertCounted();
    }

    @Test
    void whatWasRememberedFollowsWhoeverChangesTheValue() {
        List<Consumer<Writer<Ciphertext>>> changes = List.of(
                w -> w.delete(KEY),
                w -> w.clear(ROOT),
                w -> {
                    w.get(KEY);
                    w.put(KEY, value(2, "longer than before"));
                },
                w -> {
                    w.clear(ROOT);
                    w.put(KEY, value(2, "after it was cleared"));
                });
        for (Consumer<Writer<Ciphertext>> change : changes) {
            write(w -> w.put(KEY, value(1, "first")));
            write(change);
            write(w -> w.put(KEY, value(1, "last")));
            assertCounted();
        }
    }

    @Test
    void aMovedValueIsKnownByItsNewTerm() {
        write(w -> w.put(KEY, value(1, "x")));
        var stage = storage.exchange(w -> w.replace(new Stored(KEY, value(1, "x")), value(2, "x"), w.version()));
        log.runAll();
        assertThat(done(stage)).isTrue();
        write(w -> w.put(KEY, value(3, "x")));
        assertThat(looks).hasValue(1);
        assertCounted();
    }

    @Test
    void whatWasCreatedIsRemovedWithoutALook() {
        AtomicInteger length = new AtomicInteger();
        write(w -> length.set(w.create(KEY, value(1, "secret")).length()));
        write(w -> w.delete(KEY, new Footprint(1, length.get())));
        assertThat(looks).hasValue(0);
        assertThat(storage.<Optional<Ciphertext>>read(r -> r.get(KEY))).isEmpty();
        assertCounted();
    }

    @Test
    void anUntrueFootprintFails() {
        write(w -> w.put(KEY, value(1, "secret")));
        int length = value(1, "secret").length();
        for (Footprint untrue : List.of(new Footprint(2, length), new Footprint(1, length + 1))) {
            assertThatThrownBy(() -> write(w -> w.delete(KEY, untrue))).hasRootCauseInstanceOf(AssertionError.class);
        }
        write(w -> w.delete(KEY));
        assertThatThrownBy(() -> write(w -> w.delete(KEY, new Footprint(1, length))))
                .hasRootCauseInstanceOf(AssertionError.class);
        assertCounted();
    }

    /// A table of sixteen values and forty keys: most of what is looked for has fallen out.
    @Test
    void theCensusIsExactWhoeverComesBetween() {
        storage = committer(1);
        long seed = new SplittableRandom().nextLong();
        SplittableRandom dice = new SplittableRandom(seed);
        for (int round = 0; round < 3_000; round++) {
            long mine = dice.nextLong();
            long others = dice.nextLong();
            boolean[] second = new boolean[1];
            storage.write(w -> {
                if (!second[0] && mine % 2 == 0) {
                    second[0] = true;
                    storage.write(o -> work(o, new SplittableRandom(others)));
                }
                return work(w, new SplittableRandom(mine));
            });
            if (dice.nextInt(4) == 0) {
                log.runAll();
                assertThat(Entries.totals(storage, SCOPE))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(Entries.count(storage, SCOPE));
            }
        }
    }

    private static int work(Writer<Ciphertext> writer, SplittableRandom dice) {
        for (int i = dice.nextInt(4); i >= 0; i--) {
            StorageKey key = ROOT.key("k" + dice.nextInt(40));
            Ciphertext next = value(1 + dice.nextInt(3), "x".repeat(dice.nextInt(40)));
            switch (dice.nextInt(40)) {
                case 0 -> writer.clear(ROOT);
                case 1, 2, 3, 4, 5, 6 -> writer.delete(key);
                case 7, 8, 9 -> writer.get(key);
                default -> writer.put(key, next);
            }
        }
        return 0;
    }
}
