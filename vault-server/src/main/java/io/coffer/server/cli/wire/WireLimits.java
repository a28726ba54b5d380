// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.time.Duration;

/// What an answer may cost the client, and how long it is waited for.
///
/// @param headBytes the longest status line and headers together
/// @param bodyBytes the longest body
/// @param timeout how long one call may take, from name lookup to the last byte, further tries included
/// @param retries how many more times a call is sent that was answered by a passing failure
/// @param pause the wait before the first further try; later ones wait longer
public record WireLimits(int headBytes, int bodyBytes, Duration timeout, int retries, Duration pause) {
    public static final WireLimits DEFAULT =
            new WireLimits(64 << 10, 64 << 20, Duration.ofSeconds(60), 2, Duration.ofMillis(250));

    public WireLimits {
        if (headBytes < 1 || bodyBytes < 1 || retries < 0 || timeout.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException("limits of the client are not negative");
        }
    }

    public WireLimits withTimeout(Duration changed) {
        return new WireLimits(headBytes, bodyBytes, changed, retries, pause);
    }

    public WireLimits withRetries(int changed) {
        return new WireLimits(headBytes, bodyBytes, timeout, changed, pause);
    }
}
