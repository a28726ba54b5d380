// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LockedMemoryTest {
    @Test
    void aSlotHasRoomAndIsAtMostTwiceAsLargeOrTheSmallest() {
        for (int bytes = 1; bytes <= LockedMemory.LARGEST; bytes += 1 + bytes / 50) {
            var slot = LockedMemory.take(bytes);
            assertThat(slot.byteSize()).as("%d bytes", bytes).isBetween((long) bytes, Math.max(64, 2L * bytes - 1));
            assertThat(slot.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            LockedMemory.giveBack(slot);
        }
    }

    @Test
    void noTwoSlotsOverlap() {
        var ends = new TreeMap<Long, Long>();
        var slots = new ArrayList<MemorySegment>();
        for (int i = 0; i < 2_000; i++) {
            var slot = LockedMemory.take(1 + i % 5_000);
            slots.add(slot);
            ends.put(slot.address(), slot.address() + slot.byteSize());
        }
        assertThat(ends).hasSize(slots.size());
        long last = 0;
        for (Map.Entry<Long, Long> slot : ends.entrySet()) {
            assertThat(slot.getKey()).isGreaterThanOrEqualTo(last);
            last = slot.getValue();
        }
        slots.forEach(LockedMemory::giveBack);
    }

    @Test
    void whatWasGivenBackIsUsedAgainSoMemoryIsBoundedBySecretsAliveAtOnce() {
        var addresses = new HashSet<Long>();
        for (int i = 0; i < 100_000; i++) {
            var slot = LockedMemory.take(33);
            addresses.add(slot.address());
            LockedMemory.giveBack(slot);
        }
        assertThat(addresses).hasSize(1);
    }

    @Test
    void aClosedSecretLeavesZeros() {
        var slot = LockedMemory.take(32);
        LockedMemory.giveBack(slot);
        try (var secret = Secret.takeFrom(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        })) {
            assertThat(slot.asSlice(0, 32).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(secret.copy());
        }
        assertThat(slot.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void refusesWhatFitsNoSlot() {
        for (int bytes : new int[] {Integer.MIN_VALUE, -1, 0, LockedMemory.LARGEST + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> LockedMemory.take(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
