// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.engine.LoginSettings.Lockout;
import java.time.Duration;
import java.util.Map;

/// What holds for a mount that has no settings of its own.
///
/// @param defaultTtl how long its leases and tokens last
/// @param maxTtl how long they last at most
/// @param lockouts what locks somebody out, by type of login method; the usual where a type is not named
public record MountDefaults(Duration defaultTtl, Duration maxTtl, Map<String, Lockout> lockouts) {
    public static final MountDefaults STANDARD =
            new MountDefaults(Duration.ofHours(768), Duration.ofHours(768), Map.of());

    public MountDefaults {
        lockouts = Map.copyOf(lockouts);
        if (defaultTtl.isNegative() || defaultTtl.isZero() || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("the default TTL is more than zero and at most the maximum");
        }
    }

    /// What locks somebody out.
    ///
    /// @param kind as {@link Mount#kind} has it
    public Lockout lockoutOf(String kind) {
        return kind.startsWith(Mount.AUTH)
                ? lockouts.getOrDefault(kind.substring(Mount.AUTH.length()), Lockout.STANDARD)
                : Lockout.STANDARD;
    }
}
