// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.security.cert.X509Certificate;
import java.util.List;

/// Where a request came from.
///
/// @param address the peer's IP address; empty for a Unix socket
/// @param port the peer's port; 0 for a Unix socket
/// @param local whether the listener is bound to loopback or is a Unix socket
/// @param legacyCeremonies whether the listener lets anonymous callers start and cancel ceremonies
/// @param certificates what the peer has shown and holds the key to, its own first; nobody has looked whom they come
///     from. None without TLS
public record Origin(
        String address, int port, boolean local, boolean legacyCeremonies, List<X509Certificate> certificates) {
    /// The vault itself, as when it starts in development mode.
    public static final Origin INTERNAL = new Origin("", 0, true, true);

    public Origin {
        certificates = List.copyOf(certificates);
    }

    /// One that has shown no certificate.
    public Origin(String address, int port, boolean local, boolean legacyCeremonies) {
        this(address, port, local, legacyCeremonies, List.of());
    }

    /// The same with what the peer has shown.
    public Origin showing(List<X509Certificate> shown) {
        return new Origin(address, port, local, legacyCeremonies, shown);
    }
}
