// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The process dies at a write: before it is on the disk, or after it and before anybody is told.
///
/// @param write its number, from 0
/// @param stays whether it is on the disk then
public record Kill(int write, boolean stays) {
    /// More writes than anything has that is killed at each.
    private static final int MOST = 1_000;

    /// Kills at each write of something in turn, as long as it has one more.
    ///
    /// @param reached does it, and says whether it came to the kill
    /// @return how many writes it has: where they are lost, and where they stay
    public static List<Integer> atEach(Predicate<Kill> reached) {
        return Stream.of(false, true).map(stays -> writes(stays, reached)).toList();
    }

    private static int writes(boolean stays, Predicate<Kill> reached) {
        for (int write = 0; write < MOST; write++) {
            if (!reached.test(new Kill(write, stays))) {
                return write;
            }
        }
        throw new AssertionError("it comes to every kill, also to that at write " + MOST);
    }

    @Override
    public String toString() {
        return "write " + write + (stays ? " stays" : " is lost");
    }
}
