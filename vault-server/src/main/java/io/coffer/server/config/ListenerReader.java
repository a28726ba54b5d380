// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads `listener` stanzas.
final class ListenerReader {
    private final Duration maxRequestDuration;

    /// @param maxRequestDuration for listeners that say nothing else
    ListenerReader(Duration maxRequestDuration) {
        this.maxRequestDuration = maxRequestDuration;
    }

    ListenerConfig read(Section.Stanza stanza) {
        return switch (stanza.label(0)) {
            case "tcp" -> tcp(stanza.with(KnownKeys.TCP));
            case "unix" -> unix(stanza.with(KnownKeys.UNIX));
            default ->
                throw stanza.error("unknown listener type " + Names.shown(stanza.label(0))
                        + Suggestion.of(stanza.label(0), List.of("tcp", "unix")) + "; there are tcp and unix");
        };
    }

    private ListenerConfig tcp(Section section) {
        String written = section.text("address").orElse("127.0.0.1");
        HostPort address = address(section, written);
        boolean plain = section.flag("tls_disable").orElse(false);
        Optional<TlsConfig> tls = tls(section);
        if (plain && tls.isPresent()) {
            section.warn("tls_disable", "TLS is off, and the certificate is not used");
        }
        if (!plain && tls.isEmpty() && address.isLoopback()) {
            section.warn("address", "plain HTTP, on loopback; name tls_cert_file and tls_key_file for TLS");
        }
        Traffic traffic = traffic(section);
        return section.make(
                () -> new ListenerConfig.Tcp(address, plain ? Optional.empty() : tls, plain, traffic), "address");
    }

    private static HostPort address(Section section, String written) {
        if (written.startsWith("unix:") || written.startsWith("/")) {
            throw section.error("address", "a path belongs in a listener \"unix\"");
        }
        try {
            return HostPort.parse(written);
        } catch (IllegalArgumentException refused) {
            throw section.error("address", String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<TlsConfig> tls(Section section) {
        Optional<FileReference> certificate = file(section, "tls_cert_file");
        Optional<FileReference> key = file(section, "tls_key_file");
        boolean asks = !section.flag("tls_disable_client_certs").orElse(false);
        TlsConfig.Version lowest = version(section, "tls_min_version").orElse(TlsConfig.Version.TLS12);
        TlsConfig.Version highest = version(section, "tls_max_version").orElse(TlsConfig.Version.TLS13);
        if (certificate.isPresent() != key.isPresent()) {
            String there = certificate.isPresent() ? "tls_cert_file" : "tls_key_file";
            String missing = certificate.isPresent() ? "tls_key_file" : "tls_cert_file";
            throw section.error(there, missing + " is missing; TLS needs both");
        }
        key.ifPresent(file -> warnIfOpen(section, file.path()));
        return certificate.map(file -> section.make(
                () -> new TlsConfig(file, key.orElseThrow(), lowest, highest, asks),
                "tls_min_version",
                "tls_max_version"));
    }

    private static Optional<TlsConfig.Version> version(Section section, String key) {
        return section.choice(key, TlsConfig.Version::of, "tls12 or tls13; older versions are not spoken");
    }

    private static Optional<FileReference> file(Section section, String key) {
        return section.path(key).map(path -> {
            FileReference file = new FileReference(path, section.place(key) + ": " + key);
            file.checkReadable();
            return file;
        });
    }

    private static void warnIfOpen(Section section, Path key) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(key);
            if (mode.contains(PosixFilePermission.OTHERS_READ)) {
                section.warn("tls_key_file", "everyone on this machine can read the private key; use mode 0600");
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            section.warn("tls_key_file", "who can read the private key could not be found out");
        }
    }

    private ListenerConfig unix(Section section) {
        Path path =
                section.path("address").orElseThrow(() -> section.error("address", "is missing; the socket's path"));
        if (!section.flag("tls_disable").orElse(true)) {
            throw section.error("tls_disable", "a Unix socket has no TLS; leave it out");
        }
        Set<PosixFilePermission> mode = section.choice("socket_mode", SocketMode::of, "three octal digits as \"600\"")
                .orElse(SocketMode.DEFAULT);
        Optional<String> user = section.text("socket_user");
        Optional<String> group = section.text("socket_group");
        Traffic traffic = traffic(section);
        return section.make(() -> new ListenerConfig.Unix(path, mode, user, group, traffic), "address");
    }

    private Traffic traffic(Section section) {
        int size = (int) size(section);
        Duration duration = section.duration("max_request_duration").orElse(maxRequestDuration);
        Timeouts timeouts = timeouts(section);
        ResponseHeaders headers = HeadersReader.read(section);
        boolean legacy = section.flag("legacy_ceremonies").orElse(false);
        if (legacy) {
            section.warn("legacy_ceremonies", "anyone who reaches this listener can start and cancel ceremonies");
        }
        boolean metrics = openMetrics(section);
        return section.make(
                () -> new Traffic(size, duration, timeouts, headers, legacy, metrics), "max_request_duration");
    }

    private static boolean openMetrics(Section section) {
        boolean open = false;
        for (Section.Stanza stanza : section.stanzas(0, "telemetry")) {
            Section telemetry = stanza.with(KnownKeys.LISTENER_TELEMETRY);
            open |= telemetry.flag("unauthenticated_metrics_access").orElse(false);
        }
        return open;
    }

    private static long size(Section section) {
        OptionalLong written = section.whole("max_request_size");
        long size = written.orElse(Traffic.DEFAULT_REQUEST_SIZE);
        if (size < 1 || size > Traffic.MAX_REQUEST_SIZE) {
            throw section.error(
                    "max_request_size",
                    "must be from 1 to " + Traffic.MAX_REQUEST_SIZE + " bytes; it cannot be turned off");
        }
        return size;
    }

    private static Timeouts timeouts(Section section) {
        Timeouts fallback = Timeouts.DEFAULT;
        Duration header = positive(section, "http_read_header_timeout", fallback.header());
        Duration read = positive(section, "http_read_timeout", fallback.read());
        Duration write = section.duration("http_write_timeout").orElse(fallback.write());
        Duration idle = positive(section, "http_idle_timeout", fallback.idle());
        return section.make(() -> new Timeouts(header, read, write, idle), "http_write_timeout");
    }

    private static Duration positive(Section section, String key, Duration fallback) {
        Duration value = section.duration(key).orElse(fallback);
        if (value.isZero() || value.isNegative()) {
            throw section.error(key, "must be longer than zero; it cannot be turned off");
        }
        return value;
    }
}
