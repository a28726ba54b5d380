// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// TLS of one listener.
///
/// @param certificate PEM, the listener's own certificate first, then its issuers'
/// @param key PEM
/// @param lowest the oldest version spoken
/// @param highest the newest version spoken
/// @param asksClients whether a client is asked for a certificate, which it need not have
public record TlsConfig(
        FileReference certificate, FileReference key, Version lowest, Version highest, boolean asksClients) {
    public TlsConfig {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        if (lowest.compareTo(highest) > 0) {
            throw new IllegalArgumentException("tls_min_version is newer than tls_max_version");
        }
    }

    /// With both versions, as by default.
    public TlsConfig(FileReference certificate, FileReference key) {
        this(certificate, key, Version.TLS12, Version.TLS13);
    }

    /// One that asks clients, as by default.
    public TlsConfig(FileReference certificate, FileReference key, Version lowest, Version highest) {
        this(certificate, key, lowest, highest, true);
    }

    /// The versions, oldest first. Older ones are not offered by name, so that nobody turns them on.
    public enum Version {
        TLS12("tls12", "TLSv1.2"),
        TLS13("tls13", "TLSv1.3");

        private final String key;
        private final String protocol;

        Version(String key, String protocol) {
            this.key = key;
            this.protocol = protocol;
        }

        /// The JDK's name, as `TLSv1.3`.
        public String protocol() {
            return protocol;
        }

        static Optional<Version> of(String key) {
            return Arrays.stream(values())
                    .filter(version -> version.key.equals(key))
                    .findFirst();
        }
    }
}
