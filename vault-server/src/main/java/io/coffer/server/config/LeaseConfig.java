// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.Durations;
import java.time.Duration;

/// How long leases and tokens last where neither mount nor role says otherwise, and at most.
public record LeaseConfig(Duration defaultTtl, Duration maxTtl) {
    public static final LeaseConfig DEFAULT = new LeaseConfig(Duration.ofHours(768), Duration.ofHours(768));

    public LeaseConfig {
        Checks.positive("default_lease_ttl", defaultTtl);
        Checks.positive("max_lease_ttl", maxTtl);
        if (defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("default_lease_ttl (" + Durations.format(defaultTtl)
                    + ") exceeds max_lease_ttl (" + Durations.format(maxTtl) + ")");
        }
    }
}
