// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static io.coffer.server.cli.wire.HttpClientTest.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.cli.wire.FakeServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static TestCertificates authority;
    private static TestCertificates server;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        authority = TestCertificates.authority("test authority");
        server = authority.sign("localhost");
    }

    private Trust trusted() throws Exception {
        return new Trust.Authorities(
                Pem.file(authority.certificateFile(folder, "ca.pem").toString()));
    }

    private static int status(FakeServer server, Tls tls) throws WireException {
        try (HttpClient client = new HttpClient(Address.parse(server.address()), tls, HttpClientTest.QUICK, true)) {
            return client.send(call("PATCH", "{}")).status();
        }
    }

    private static Tls tls(Trust trust) {
        return new Tls(trust, Optional.empty(), Optional.empty());
    }

    private FakeServer listening(TestCertificates shown, boolean asksForClient) throws Exception {
        return FakeServer.tls(shown.serverContext(authority), asksForClient, seen -> Answer.of(200, "{}"));
    }

    @Test
    void theNamedAuthorityIsTrusted() throws Exception {
        try (FakeServer listening = listening(server, false)) {
            assertThat(status(listening, tls(trusted()))).isEqualTo(200);
        }
    }

    @Test
    void theAuthorityMayComeAsTextOrInAFolder() throws Exception {
        Files.writeString(folder.resolve("README"), "no certificate");
        String pem = Files.readString(authority.certificateFile(folder, "ca.crt"));
        try (FakeServer listening = listening(server, false)) {
            assertThat(status(listening, tls(new Trust.Authorities(Pem.text("VAULT_CACERT_BYTES", pem)))))
                    .isEqualTo(200);
            assertThat(status(listening, tls(new Trust.Folder(folder.toString()))))
                    .isEqualTo(200);
        }
    }

    @Test
    void aForeignAuthorityIsNotTrusted() throws Exception {
        try (FakeServer listening = listening(server, false)) {
            assertThatThrownBy(() -> status(listening, Tls.SYSTEM)).hasMessageContaining("-ca-cert");
            Trust foreign = new Trust.Authorities(Pem.file(TestCertificates.authority("other")
                    .certificateFile(folder, "other.pem")
                    .toString()));
            assertThatThrownBy(() -> status(listening, tls(foreign))).hasMessageContaining("-ca-cert");
            assertThat(listening.seen()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedUnlessThatNameWasAskedFor() throws Exception {
        try (FakeServer listening = listening(authority.sign("vault.internal"), false)) {
            assertThatThrownBy(() -> status(listening, tls(trusted()))).hasMessageContaining("-tls-server-name");
            assertThat(status(listening, new Tls(trusted(), Optional.empty(), Optional.of("vault.internal"))))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(listening, new Tls(trusted(), Optional.empty(), Optional.of("other"))))
                    .hasMessageContaining("-tls-server-name");
        }
    }

    @Test
    void whoChecksNothingReachesAnyServer() throws Exception {
        TestCertificates foreign = TestCertificates.authority("foreign").sign("elsewhere");
        try (FakeServer listening = listening(foreign, false)) {
            assertThat(status(listening, tls(Trust.ANYTHING))).isEqualTo(200);
        }
    }

    @Test
    void aServerThatAsksForACertificateGetsTheClients() throws Exception {
        TestCertificates client = authority.sign("client");
        ClientKey key = new ClientKey(
                Pem.file(client.certificateFile(folder, "client.pem").toString()),
                Pem.file(client.keyFile(folder, "client-key.pem").toString()));
        try (FakeServer listening = listening(server, true)) {
            assertThat(status(listening, new Tls(trusted(), Optional.of(key), Optional.empty())))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(listening, tls(trusted()))).isInstanceOf(WireException.class);
        }
    }

    @Test
    void aServerWithoutTlsIsToldByWhatToChange() throws Exception {
        try (FakeServer plain = FakeServer.plain(seen -> Answer.raw("HTTP/1.1 400 Bad\r\n\r\n"));
                HttpClient client = new HttpClient(
                        Address.parse(plain.address().replace("http:", "https:")),
                        tls(Trust.ANYTHING),
                        HttpClientTest.QUICK,
                        true)) {
            assertThatThrownBy(() -> client.send(call("GET", ""))).hasMessageContaining("http://");
        }
    }

    @Test
    void aServerWithTlsIsToldByWhatToChange() throws Exception {
        try (FakeServer listening = listening(server, false);
                HttpClient client = new HttpClient(
                        Address.parse(listening.address().replace("https:", "http:")),
                        Tls.SYSTEM,
                        HttpClientTest.QUICK,
                        true)) {
            assertThatThrownBy(() -> client.send(call("GET", ""))).isInstanceOf(WireException.class);
        }
    }

    @Test
    void filesThatHoldNoCertificateAreNamed() throws Exception {
        String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();
        String text = Files.writeString(folder.resolve("text.pem"), "hello").toString();
        for (String file :
                new String[] {empty, text, folder.resolve("missing.pem").toString()}) {
            assertThatThrownBy(() -> Pem.file(file).certificates())
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining(file);
        }
        Path bare = Files.createDirectory(folder.resolve("bare"));
        assertThatThrownBy(() -> new Trust.Folder(bare.toString()).managers()).hasMessageContaining(bare.toString());
    }
}
