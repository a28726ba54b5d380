// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import java.time.Duration;

/// How long leases and tokens last where a mount says nothing.
public record TtlDefaults(Duration defaultTtl, Duration maxTtl) {
    public static final TtlDefaults STANDARD = new TtlDefaults(Duration.ofHours(768), Duration.ofHours(768));

    public TtlDefaults {
        if (defaultTtl.isNegative() || defaultTtl.isZero() || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("the default TTL is more than zero and at most the maximum");
        }
    }
}
