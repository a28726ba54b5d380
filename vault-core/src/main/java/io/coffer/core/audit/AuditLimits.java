// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.time.Duration;

/// What auditing may cost.
///
/// @param devices the most devices
/// @param dataBytes the longest data of a request or an answer in an entry, after redaction; longer data is
///     left out and the entry says so
/// @param textLength the longest error or warnings of an entry, in characters; the rest is cut off
/// @param deadline how long a device may take for an entry
/// @param rest how long a device that failed is left alone
/// @param refusals how many different refusals are counted apart while the vault is sealed; the rest count
///     as one
/// @param window how often equal refusals make an entry
public record AuditLimits(
        int devices, int dataBytes, int textLength, Duration deadline, Duration rest, int refusals, Duration window) {
    public static final AuditLimits DEFAULT = new AuditLimits(
            16, 1 << 20, 4096, Duration.ofSeconds(2), Duration.ofSeconds(5), 256, Duration.ofSeconds(1));

    public AuditLimits {
        if (devices < 1 || dataBytes < 1 || textLength < 1 || refusals < 1) {
            throw new IllegalArgumentException("limits of auditing are at least 1");
        }
        if (!deadline.isPositive() || !rest.isPositive() || !window.isPositive()) {
            throw new IllegalArgumentException("times of auditing are positive");
        }
    }
}
