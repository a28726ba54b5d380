// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-dev-tls`, as a client meets it that has only what is printed.
class DevListenerTest {
    @TempDir
    Path room;

    private static ServerFlags flags(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-dev-listen-address=127.0.0.1:0"));
        all.addAll(List.of(arguments));
        return ServerFlags.parse(all, Map.of());
    }

    private static int statusOverTls(int port, Path authority, String host) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            URI health = URI.create("https://" + host + ":" + port + "/v1/sys/health");
            return client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void itServesOverTlsThoseWhoTrustTheAuthorityItNames() throws Exception {
        try (DevListener listener = DevListener.of(flags("-dev-tls", "-dev-tls-cert-dir=" + room.resolve("made")));
                Server server = new Server(ServerConfig.dev(listener.config()), Map.of(), event -> {})) {
            int port = server.listening().port();
            assertThat(listener.variables(port))
                    .containsExactly(
                            "VAULT_ADDR='https://127.0.0.1:" + port + "'",
                            "VAULT_CACERT='" + room.resolve("made/vault-ca.pem") + "'");
            for (String host : List.of("127.0.0.1", "localhost")) {
                assertThat(statusOverTls(port, room.resolve("made/vault-ca.pem"), host))
                        .isEqualTo(501);
            }
            assertThatThrownBy(() -> statusOverTls(port, room.resolve("made/vault-cert.pem"), "127.0.0.2"))
                    .isInstanceOf(IOException.class);
        }
        assertThat(listed(room.resolve("made"))).containsExactly("vault-ca.pem", "vault-cert.pem", "vault-key.pem");
        assertThat(Files.getPosixFilePermissions(room.resolve("made/vault-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void withoutADirectoryTheFilesGoWhenItEnds() throws Exception {
        Path authority;
        try (DevListener listener = DevListener.of(flags("-dev-tls"))) {
            String named = listener.variables(8200).getLast();
            authority = Path.of(named.substring(named.indexOf('\'') + 1, named.length() - 1));
            assertThat(authority).isRegularFile();
        }
        assertThat(authority.getParent()).doesNotExist();
    }

    @Test
    void aNewStartReplacesTheFilesAndFollowsNoLink() throws Exception {
        Path elsewhere = Files.writeString(room.resolve("elsewhere"), "untouched");
        Files.createSymbolicLink(room.resolve("vault-key.pem"), elsewhere);
        ServerFlags flags = flags("-dev-tls", "-dev-tls-cert-dir", room.toString());
        DevListener.of(flags).close();
        String first = Files.readString(room.resolve("vault-ca.pem"));
        DevListener.of(flags).close();
        assertThat(room.resolve("vault-ca.pem")).content().isNotEqualTo(first);
        assertThat(elsewhere).hasContent("untouched");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(room.resolve("file"), "");
        assertThatThrownBy(() -> DevListener.of(flags("-dev-tls", "-dev-tls-cert-dir=" + file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-dev-tls")
                .hasMessageContaining(file.toString());
    }

    @Test
    void withoutTlsOneVariableIsEnough() throws Exception {
        try (DevListener listener =
                DevListener.of(ServerFlags.parse(List.of("-dev-listen-address=0.0.0.0:1"), Map.of()))) {
            assertThat(listener.variables(1)).containsExactly("VAULT_ADDR='http://127.0.0.1:1'");
            assertThat(listener.config().plain()).isTrue();
        }
    }

    @Test
    void flagsThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> flags("-dev", "-dev-tls-cert-dir=x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("-dev-tls-cert-dir");
        ServerFlags malformed = ServerFlags.parse(List.of("-dev", "-dev-listen-address=a:b:c"), Map.of());
        assertThatThrownBy(() -> DevListener.of(malformed))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("-dev-listen-address");
        assertThat(flags("-dev-tls").dev()).isTrue();
    }

    private static List<String> listed(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
