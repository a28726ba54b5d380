// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.time.Duration;
import java.time.Instant;

/// The two clocks of the vault: one that tells the date and that somebody can set, one that only ever
/// counts up.
public interface Time {
    /// The date, for records and expiry.
    Instant now();

    /// How long since some fixed moment, for deadlines and measurements; nobody can set it.
    Duration elapsed();

    /// The clocks of this machine.
    static Time system() {
        return new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime());
            }
        };
    }
}
