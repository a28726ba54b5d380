// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.time.Duration;
import java.util.Objects;

/// What a listener lets through, and how it answers.
///
/// @param maxRequestSize bytes of a request's body
/// @param maxRequestDuration from a request's head to its answer
/// @param legacyCeremonies whether anonymous callers may start and cancel ceremonies
/// @param openMetrics whether anyone may read what is counted, also while sealed
public record Traffic(
        int maxRequestSize,
        Duration maxRequestDuration,
        Timeouts timeouts,
        ResponseHeaders headers,
        boolean legacyCeremonies,
        boolean openMetrics) {
    public static final int DEFAULT_REQUEST_SIZE = 32 << 20;

    /// A body is held in memory, so this is bounded too.
    public static final int MAX_REQUEST_SIZE = 1 << 30;

    public static final Duration DEFAULT_REQUEST_DURATION = Duration.ofSeconds(90);

    public static final Traffic DEFAULT =
            new Traffic(DEFAULT_REQUEST_SIZE, DEFAULT_REQUEST_DURATION, Timeouts.DEFAULT, ResponseHeaders.NONE, false);

    public Traffic(
            int maxRequestSize,
            Duration maxRequestDuration,
            Timeouts timeouts,
            ResponseHeaders headers,
            boolean legacyCeremonies) {
        this(maxRequestSize, maxRequestDuration, timeouts, headers, legacyCeremonies, false);
    }

    public Traffic {
        Checks.range("max_request_size", maxRequestSize, 1, MAX_REQUEST_SIZE);
        Checks.positive("max_request_duration", maxRequestDuration);
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(headers, "headers");
    }

    /// How long a client may take to read an answer.
    public Duration writeLimit() {
        return timeouts.write().isZero() ? maxRequestDuration : timeouts.write();
    }

    Traffic withLegacyCeremonies() {
        return new Traffic(maxRequestSize, maxRequestDuration, timeouts, headers, true, openMetrics);
    }
}
