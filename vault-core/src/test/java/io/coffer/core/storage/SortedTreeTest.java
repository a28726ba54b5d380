// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
    @Test
    void itStaysShallowWhateverTheOrder() {
        SortedTree rising = SortedTree.Leaf.EMPTY;
        SortedTree falling = SortedTree.Leaf.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            rising = rising.put(key(i), key(i));
            falling = falling.put(key(20_000 - i), key(i));
        }
        assertThat(depth(rising)).isLessThan(60);
        assertThat(depth(falling)).isLessThan(60);
    }

    @Test
    void anOlderOneStaysAsItIs() {
        SortedTree before = SortedTree.Leaf.EMPTY.put(key(1), key(1)).put(key(2), key(2));
        SortedTree after = before.put(key(1), key(9)).remove(key(2), key(3));
        assertThat(before.get(key(1))).hasValue(key(1));
        assertThat(before.get(key(2))).hasValue(key(2));
        assertThat(after.get(key(1))).hasValue(key(9));
        assertThat(after.get(key(2))).isEmpty();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static int depth(SortedTree tree) {
        return switch (tree) {
            case SortedTree.Leaf leaf -> 0;
            case SortedTree.Node node -> 1 + Math.max(depth(node.less()), depth(node.more()));
        };
    }
}
