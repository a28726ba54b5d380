// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// What the dice of a test are made from.
public final class Seed {
    private Seed() {}

    /// Another one each time, which the test's output names; {@code -Dcoffer.seed=N} takes one again.
    public static long printed() {
        long seed = Long.getLong("coffer.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }
}
