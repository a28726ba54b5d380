// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Arrays;

/// A growing list of places in the table of {@link Stamps}.
final class Slots {
    private int[] slots = new int[16];
    private int count;

    void add(int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, 2 * count);
        }
        slots[count++] = slot;
    }

    int count() {
        return count;
    }

    int get(int index) {
        return slots[index];
    }
}
