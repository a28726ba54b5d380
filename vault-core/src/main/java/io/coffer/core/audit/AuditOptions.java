// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

/// What a device wants its entries to hold.
///
/// @param logRaw whether values and tokens stand in clear instead of as HMACs
/// @param hmacAccessor whether a token's accessor is an HMAC too
public record AuditOptions(boolean logRaw, boolean hmacAccessor) {
    public static final AuditOptions DEFAULT = new AuditOptions(false, true);
}
