// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One address to serve on.
public sealed interface ListenerConfig {
    Traffic traffic();

    /// Whether only this machine can reach it.
    boolean local();

    /// A TCP port. Without TLS it is on loopback, or somebody wrote down that it need not be.
    ///
    /// @param plain whether `tls_disable = true` is written
    record Tcp(HostPort address, Optional<TlsConfig> tls, boolean plain, Traffic traffic) implements ListenerConfig {
        public Tcp {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(traffic, "traffic");
            if (plain && tls.isPresent()) {
                throw new IllegalArgumentException("a listener has TLS or has it turned off, not both");
            }
            if (tls.isEmpty() && !plain && !address.isLoopback()) {
                throw new IllegalArgumentException("plain HTTP is for loopback only; name tls_cert_file and"
                        + " tls_key_file, or write tls_disable = true if something else protects the connection");
            }
        }

        /// As development mode listens: without TLS wherever it is told to, and with the old anonymous
        /// ceremonies.
        public static Tcp dev(HostPort address, Optional<TlsConfig> tls) {
            Traffic open = Traffic.DEFAULT.withLegacyCeremonies();
            return new Tcp(address, tls, tls.isEmpty(), open);
        }

        @Override
        public boolean local() {
            return address.isLoopback();
        }
    }

    /// A Unix socket.
    ///
    /// @param user the owner's name or number; without it the daemon's
    /// @param group the group's name or number; without it the daemon's
    record Unix(
            Path path, Set<PosixFilePermission> mode, Optional<String> user, Optional<String> group, Traffic traffic)
            implements ListenerConfig {
        /// What the system's address structure holds, less the byte that ends it.
        public static final int MAX_PATH = 107;

        public Unix {
            mode = Set.copyOf(mode);
            Objects.requireNonNull(traffic, "traffic");
            if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
                throw new IllegalArgumentException("address: a socket's path has at most " + MAX_PATH + " bytes");
            }
        }

        @Override
        public boolean local() {
            return true;
        }
    }
}
