// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// Where a request came from.
///
/// @param address the peer's IP address; empty for a Unix socket
/// @param port the peer's port; 0 for a Unix socket
/// @param local whether the listener is bound to loopback or is a Unix socket
/// @param legacyCeremonies whether the listener lets anonymous callers start and cancel ceremonies
public record Origin(String address, int port, boolean local, boolean legacyCeremonies) {
    /// The vault itself, as when it starts in development mode.
    public static final Origin INTERNAL = new Origin("", 0, true, true);
}
