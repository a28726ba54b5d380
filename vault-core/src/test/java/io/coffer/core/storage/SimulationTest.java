// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// One seed drives every order of run, accept, write, crash and reopen. A longer search: {@code
/// -Dcoffer.simulations=100000}; one seed again: {@code -Dcoffer.simulation=SEED}.
class SimulationTest {
    private static final int ROUNDS = Integer.getInteger("coffer.simulations", 300);

    @Test
    void everyOrderIsOneAfterTheOther() {
        Long one = Long.getLong("coffer.simulation");
        if (one != null) {
            new Simulation(one, true).run();
            return;
        }
        long first = new Random().nextLong();
        for (int i = 0; i < ROUNDS; i++) {
            long seed = first + i;
            try {
                new Simulation(seed, true).run();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    @Test
    void aCommitterWithoutItsConflictCheckIsCaught() {
        long caught = LongStream.range(0, 40).filter(seed -> fails(seed)).count();
        assertThat(caught).as("of 40 lives without the check").isGreaterThan(20);
    }

    private static boolean fails(long seed) {
        try {
            new Simulation(seed, false).run();
            return false;
        } catch (AssertionError noticed) {
            return true;
        }
    }
}
