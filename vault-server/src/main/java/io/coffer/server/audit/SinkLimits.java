// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import java.time.Duration;

/// What may wait for a device.
///
/// @param entries how many entries
/// @param bytes how many bytes they have together
/// @param closing how long closing waits for what has been handed over
public record SinkLimits(int entries, int bytes, Duration closing) {
    public static final SinkLimits DEFAULT = new SinkLimits(16_384, 32 << 20, Duration.ofSeconds(5));

    public SinkLimits {
        if (entries < 1 || bytes < 1 || !closing.isPositive()) {
            throw new IllegalArgumentException("limits of a sink are positive");
        }
    }
}
