// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Time;
import io.coffer.core.crypto.TlsAuthority;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.FileReference;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where development mode listens, and under `-dev-tls` the authority, certificate and key for it: made at
/// each start, in the directory that was given, or in one of their own that is removed at the end.
final class DevListener implements AutoCloseable {
    static final String AUTHORITY = "vault-ca.pem";
    static final String CERTIFICATE = "vault-cert.pem";
    static final String KEY = "vault-key.pem";

    private static final Set<String> EVERY_INTERFACE = Set.of("0.0.0.0", "::");

    private final HostPort address;
    private final Optional<Path> directory;
    private final boolean temporary;

    private DevListener(HostPort address, Optional<Path> directory, boolean temporary) {
        this.address = address;
        this.directory = directory;
        this.temporary = temporary;
    }

    /// @throws ConfigException if the address is none
    /// @throws IOException if the files cannot be written
    static DevListener of(ServerFlags flags) throws IOException {
        HostPort address = address(flags.devAddress());
        if (!flags.devTls()) {
            return new DevListener(address, Optional.empty(), false);
        }
        boolean temporary = flags.devTlsDirectory().isEmpty();
        Path directory = flags.devTlsDirectory().isPresent()
                ? flags.devTlsDirectory().get().toAbsolutePath()
                : Files.createTempDirectory("coffer-dev-tls");
        DevListener listener = new DevListener(address, Optional.of(directory), temporary);
        try {
            Files.createDirectories(directory);
            listener.write(directory);
        } catch (IOException refused) {
            listener.close();
            throw new IOException(
                    "-dev-tls: no certificate can be written to " + directory + "; check its owner and mode", refused);
        }
        return listener;
    }

    private static HostPort address(String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigException("-dev-listen-address: " + malformed.getMessage());
        }
    }

    private void write(Path directory) throws IOException {
        TlsAuthority authority =
                new TlsAuthority("Coffer development", Time.system().now(), new SecureRandom());
        TlsAuthority.Issued issued = authority.issue(hosts());
        try {
            write(directory.resolve(AUTHORITY), authority.certificate().getBytes(StandardCharsets.US_ASCII));
            write(directory.resolve(CERTIFICATE), issued.certificate().getBytes(StandardCharsets.US_ASCII));
            write(directory.resolve(KEY), issued.key());
        } finally {
            Arrays.fill(issued.key(), (byte) 0);
        }
    }

    /// For the owner alone; never through a link that was there before.
    private static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    private List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        if (!EVERY_INTERFACE.contains(address.host())) {
            hosts.add(address.host());
        }
        try {
            hosts.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return List.copyOf(hosts);
        }
        return List.copyOf(hosts);
    }

    ListenerConfig.Tcp config() {
        return ListenerConfig.Tcp.dev(
                address, directory.map(files -> new TlsConfig(reference(files, CERTIFICATE), reference(files, KEY))));
    }

    private static FileReference reference(Path files, String name) {
        return new FileReference(files.resolve(name), "-dev-tls");
    }

    /// What a client's environment needs, a variable each.
    ///
    /// @param port the one that the system chose, where that was left to it
    List<String> variables(int port) {
        String host = EVERY_INTERFACE.contains(address.host()) ? "127.0.0.1" : address.host();
        String scheme = directory.isPresent() ? "https" : "http";
        String url = "VAULT_ADDR='" + scheme + "://" + new HostPort(host, port) + "'";
        return directory
                .map(files -> List.of(url, "VAULT_CACERT='" + files.resolve(AUTHORITY) + "'"))
                .orElse(List.of(url));
    }

    /// Removes the files, unless their directory was given.
    @Override
    public void close() throws IOException {
        if (temporary && directory.isPresent()) {
            for (String name : List.of(AUTHORITY, CERTIFICATE, KEY)) {
                Files.deleteIfExists(directory.get().resolve(name));
            }
            Files.deleteIfExists(directory.get());
        }
    }
}
