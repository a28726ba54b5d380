// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StampsTest {
    private final Stamps stamps = new Stamps(1);

    private void stamp(StorageKey key, long commit) {
        Slots slots = new Slots();
        Stamps.collect(key, slots);
        stamps.stamp(slots, commit);
    }

    @Test
    void nothingIsKnownOfWhatWasBeforeTheStart() {
        assertThat(stamps.unchanged(Entries.ROOT.key("a"), 0)).isFalse();
        assertThat(stamps.unchanged(Entries.ROOT.key("a"), 1)).isTrue();
    }

    @Test
    void aWriteStampsItsKeyAndEveryFolderAbove() {
        stamp(Entries.ROOT.key("a/b/c"), 7);
        for (Folder folder : new Folder[] {Entries.ROOT, Entries.ROOT.folder("a"), Entries.ROOT.folder("a/b")}) {
            assertThat(stamps.unchanged(folder, 6)).isFalse();
            assertThat(stamps.unchanged(folder, 7)).isTrue();
        }
        assertThat(stamps.unchanged(Entries.ROOT.key("a/b/c"), 6)).isFalse();
        assertThat(stamps.unchanged(Entries.ROOT.key("a/b/d"), 6)).isTrue();
        assertThat(stamps.unchanged(Entries.ROOT.folder("a/b/c"), 6)).isTrue();
        assertThat(stamps.unchanged(Folder.of(Scope.SYSTEM), 6)).isTrue();
    }

    @Test
    void aRaisedFloorIsUnderEverything() {
        stamps.raiseFloor(9);
        assertThat(stamps.unchanged(Entries.ROOT.key("a"), 8)).isFalse();
        assertThat(stamps.unchanged(Folder.of(Scope.SYSTEM), 8)).isFalse();
        assertThat(stamps.unchanged(Entries.ROOT.key("a"), 9)).isTrue();
    }

    @Test
    void itIsNeverAWrongYesAndSeldomANeedlessNo() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int needless = 0;
        for (int commit = 2; commit < 20_000; commit++) {
            StorageKey key = Entries.ROOT.key("f" + random.nextInt(50) + "/k" + random.nextInt(1 << 20));
            needless += stamps.unchanged(key, 1) ? 0 : 1;
            stamp(key, commit);
            assertThat(stamps.unchanged(key, commit - 1)).as("seed %d", seed).isFalse();
        }
        assertThat(needless).as("seed %d", seed).isLessThan(2_000);
    }
}
