// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import java.time.Duration;

/// What an operator may tune on a login mount alone.
///
/// @param tokenType `service` or `batch`, whatever a role says; `default-service` or `default-batch`, where it says
///     nothing
public record LoginSettings(String tokenType, Lockout lockout) {
    public static final LoginSettings STANDARD = new LoginSettings("default-service", Lockout.STANDARD);

    /// How many failures lock somebody out, and for how long.
    ///
    /// @param reset how long after the last failure all are forgotten
    public record Lockout(long threshold, Duration duration, Duration reset, boolean disabled) {
        public static final Lockout STANDARD = new Lockout(5, Duration.ofMinutes(15), Duration.ofMinutes(15), false);

        public Lockout {
            if (threshold < 1 || !duration.isPositive() || !reset.isPositive()) {
                throw new IllegalArgumentException("a lockout has a threshold and lengths of time");
            }
        }
    }
}
