// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Json;
import java.time.Duration;

/// What an operator may tune on a login mount alone.
///
/// @param tokenType `service` or `batch`, whatever a role says; `default-service` or `default-batch`, where it says
///     nothing
public record LoginSettings(String tokenType, Lockout lockout) {
    public static final LoginSettings STANDARD = new LoginSettings("default-service", Lockout.STANDARD);

    /// How they stand in the `config` of a mount's description.
    public Json.Builder describe(Json.Builder config) {
        config.put("token_type", tokenType);
        return lockout.equals(Lockout.STANDARD)
                ? config
                : config.put(
                        "user_lockout_config", lockout.describe(Json.object()).build());
    }

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

        /// How it is read back.
        public Json.Builder describe(Json.Builder data) {
            return data.put("user_lockout_counter_reset_duration", reset.toSeconds())
                    .put("user_lockout_disable", disabled)
                    .put("user_lockout_duration", duration.toSeconds())
                    .put("user_lockout_threshold", threshold);
        }
    }
}
