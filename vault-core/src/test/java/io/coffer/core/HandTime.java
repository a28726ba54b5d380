// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.time.Duration;
import java.time.Instant;

/// Clocks that stand still until a test moves them, both at once.
public final class HandTime implements Time {
    public static final Instant START = Instant.parse("2026-11-24T12:00:00.5Z");

    private static final Duration SINCE = Duration.ofHours(1);

    private volatile Duration elapsed = SINCE;

    @Override
    public Instant now() {
        return START.plus(elapsed).minus(SINCE);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    public synchronized void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }
}
