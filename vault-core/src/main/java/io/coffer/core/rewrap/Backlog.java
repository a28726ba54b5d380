// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.barrier.Rewrapping;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was moved and is not on the disk yet.
final class Backlog {
    /// How many stretches may wait: so many that one batch takes several, with one sync.
    private static final int STRETCHES = 8;

    private final Deque<Rewrapping.Durability> waiting = new ArrayDeque<>();

    void add(Rewrapping.Durability stretch) {
        waiting.addLast(stretch);
    }

    void clear() {
        waiting.clear();
    }

    /// Whether the disk is to catch up before there is more.
    ///
    /// @param counting whether all must be there that was moved: the census adds up what the disk has
    /// @throws StorageUnavailableException if the disk failed
    boolean isFull(boolean counting) {
        while (!waiting.isEmpty() && waiting.getFirst().isReached()) {
            waiting.removeFirst();
        }
        return waiting.size() >= (counting ? 1 : STRETCHES);
    }
}
