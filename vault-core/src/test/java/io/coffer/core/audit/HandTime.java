// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Time;
import java.time.Duration;
import java.time.Instant;

/// Clocks that a test moves.
final class HandTime implements Time {
    private Duration elapsed = Duration.ofHours(1);

    @Override
    public Instant now() {
        return OpenAudit.NOW;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }
}
