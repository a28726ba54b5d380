// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.time.Duration;

/// How long a connection may take for what.
///
/// @param header until the head of a request is there
/// @param read until its body is there
/// @param write until the client has taken the answer; zero means as long as a request may take
/// @param idle without a request
public record Timeouts(Duration header, Duration read, Duration write, Duration idle) {
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5));

    public Timeouts {
        Checks.positive("http_read_header_timeout", header);
        Checks.positive("http_read_timeout", read);
        Checks.notNegative("http_write_timeout", write);
        Checks.positive("http_idle_timeout", idle);
    }
}
