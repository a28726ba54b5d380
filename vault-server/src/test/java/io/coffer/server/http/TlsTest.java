// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.cli.wire.TestCertificates;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.config.TlsConfig;
import io.coffer.server.config.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is spoken, and what is shown.
@Timeout(120)
final class TlsTest {
    private static final String GET = "GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;

    /// The numbers of the suites of TLS 1.2 with forward secrecy and authenticated encryption: ECDHE with
    /// RSA or ECDSA, and AES-GCM or ChaCha20-Poly1305.
    private static final Set<Integer> GOOD = Set.of(0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9);

    @TempDir
    Path folder;

    private TlsFiles files;

    @BeforeEach
    void files() throws Exception {
        files = TlsFiles.in(folder);
    }

    private Served served(TlsFiles... listeners) throws IOException {
        return new Served(
                Served::describe,
                List.of(listeners).stream()
                        .map(each -> each.listener(Traffic.DEFAULT))
                        .toList(),
                RequestLimits.DEFAULT);
    }

    private int answered(SSLSocket socket) throws IOException {
        try (Raw raw = Raw.over(socket)) {
            raw.send(GET);
            return raw.answer().status();
        }
    }

    @Test
    void bothVersionsAreSpokenWithEverySuiteOfOurs() throws Exception {
        List<String> spoken = new ArrayList<>();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        for (TestCertificates shown : List.of(
                files.authority().sign("localhost"), files.authority().sign("localhost", rsa.generateKeyPair()))) {
            files.show(shown);
            try (Served served = served(files)) {
                for (String suite : files.client().getSupportedSSLParameters().getCipherSuites()) {
                    SSLSocket socket = files.connect(served.port());
                    socket.setEnabledCipherSuites(new String[] {suite});
                    try {
                        assertThat(answered(socket)).isEqualTo(200);
                        spoken.add(socket.getSession().getProtocol() + " " + suite);
                    } catch (SSLException refused) {
                        assertThat(suite).isNotIn(spoken);
                    }
                }
            }
        }
        assertThat(spoken)
                .hasSize(12)
                .allMatch(
                        name -> name.matches(
                                "TLSv1.3 TLS_(AES_(256|128)_GCM_SHA(384|256)|CHACHA20_POLY1305_SHA256)"
                                        + "|TLSv1.2 TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_(256|128)_GCM_SHA(384|256)|CHACHA20_POLY1305_SHA256)"));
    }

    @Test
    void noOtherSuiteIsSpokenByAnyNumberAndNoOlderVersion() throws Exception {
        List<Integer> others = new ArrayList<>();
        for (int range : new int[] {0x0000, 0x1300, 0xc000, 0xc100, 0xcc00, 0xd000, 0xfe00}) {
            for (int suite = range; suite < range + 0x100; suite++) {
                // 1.3 is not offered here, so its suites are others too; 00ff and 5600 are signals and no suites.
                if (!GOOD.contains(suite) && suite != 0x00ff) {
                    others.add(suite);
                }
            }
        }
        try (Served served = served(files)) {
            assertThat(helloAnswer(served.port(), 0x0303, others)).isEqualTo(ALERT);
            assertThat(helloAnswer(served.port(), 0x0303, List.of(0xc02b))).isEqualTo(HANDSHAKE);
            for (int older : new int[] {0x0300, 0x0301, 0x0302}) {
                assertThat(helloAnswer(served.port(), older, List.copyOf(GOOD))).isEqualTo(ALERT);
            }
            assertThat(answered(files.connect(served.port()))).isEqualTo(200);
        }
    }

    /// Sends the first message of a handshake and reads what kind of record comes back.
    private static int helloAnswer(int port, int version, List<Integer> suites) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream hello = new DataOutputStream(bytes);
        hello.writeShort(version);
        hello.write(new byte[32]);
        hello.write(0);
        hello.writeShort(2 * suites.size());
        for (int suite : suites) {
            hello.writeShort(suite);
        }
        hello.writeShort(0x0100);
        // Groups secp256r1 and x25519, uncompressed points, ECDSA and RSA with SHA-256.
        byte[] extensions = java.util.HexFormat.of()
                .parseHex("000a000600040017001d" + "000b00020100" + "000d0008000604030804" + "0401");
        hello.writeShort(extensions.length);
        hello.write(extensions);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(HANDSHAKE);
            out.writeShort(0x0301);
            out.writeShort(bytes.size() + 4);
            out.writeInt(1 << 24 | bytes.size());
            out.write(bytes.toByteArray());
            out.flush();
            return new DataInputStream(socket.getInputStream()).readUnsignedByte();
        }
    }

    @Test
    void onlyTheVersionsThatAreAskedForAreSpoken() throws Exception {
        TlsConfig both = files.config();
        for (TlsConfig.Version only : TlsConfig.Version.values()) {
            TlsConfig config = new TlsConfig(both.certificate(), both.key(), only, only);
            try (Served served = new Served(Served::describe, List.of(Served.tls(config)), RequestLimits.DEFAULT)) {
                for (TlsConfig.Version spoken : TlsConfig.Version.values()) {
                    SSLSocket socket = files.connect(served.port());
                    socket.setEnabledProtocols(new String[] {spoken.protocol()});
                    if (spoken == only) {
                        assertThat(answered(socket)).isEqualTo(200);
                    } else {
                        assertThatThrownBy(() -> answered(socket)).isInstanceOf(SSLException.class);
                    }
                }
            }
        }
    }

    @Test
    void aReloadShowsTheNewCertificateToEveryNewConnectionAndOpenOnesGoOn() throws Exception {
        try (Served served = served(files);
                SSLSocket open = files.connect(served.port());
                Raw raw = Raw.over(open)) {
            raw.send(GET);
            assertThat(raw.answer().status()).isEqualTo(200);
            TestCertificates newer = files.authority().sign("newer");
            files.show(newer);
            served.reload(List.of(files.listener(Traffic.DEFAULT)));
            for (int i = 0; i < 16; i++) {
                try (SSLSocket socket = files.connect(served.port())) {
                    assertThat(TlsFiles.shownTo(socket)).isEqualTo(newer.certificate());
                }
            }
            raw.send(GET);
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whereOneListenersFilesDoNotDoAllGoOnAsBefore() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        TlsFiles broken = TlsFiles.in(other);
        try (Served served = served(files, broken)) {
            var before = TlsFiles.shownTo(files.connect(served.port()));
            files.show(files.authority().sign("newer"));
            String key = Files.readString(broken.key());
            for (String wrong : List.of(
                    Files.readString(files.key()),
                    "",
                    key.substring(40),
                    key.replace("PRIVATE", "ENCRYPTED PRIVATE"))) {
                Files.writeString(broken.key(), wrong);
                assertThatThrownBy(() -> served.reload(
                                List.of(files.listener(Traffic.DEFAULT), broken.listener(Traffic.DEFAULT))))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageStartingWith("coffer.hcl:5: tls_key_file: ")
                        .hasNoCause();
                assertThat(TlsFiles.shownTo(files.connect(served.port()))).isEqualTo(before);
            }
            Files.writeString(broken.key(), key);
            Files.writeString(broken.certificate(), "no certificate");
            assertThatThrownBy(() ->
                            served.reload(List.of(files.listener(Traffic.DEFAULT), broken.listener(Traffic.DEFAULT))))
                    .hasMessageStartingWith("coffer.hcl:4: tls_cert_file: ");
            assertThat(TlsFiles.shownTo(files.connect(served.port()))).isEqualTo(before);
        }
    }

    @Test
    void listenersThatChangedPlacesOrKindAreNoReload() throws Exception {
        try (Served served = served(files)) {
            for (var changed : List.of(
                    List.of(Served.plain(Traffic.DEFAULT)),
                    List.of(files.listener(Traffic.DEFAULT), Served.plain(Traffic.DEFAULT)))) {
                assertThatThrownBy(() -> served.reload(changed))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("restart");
            }
            assertThat(answered(files.connect(served.port()))).isEqualTo(200);
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesStopsTheStart() throws Exception {
        files.authority().sign("other").keyFile(folder, "key.pem");
        assertThatThrownBy(() -> served(files).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not the key of the certificate");
    }

    @Test
    void whoSpeaksNoTlsOrSaysNothingIsClosed() throws Exception {
        try (Served served = new Served(
                        Served::describe, List.of(files.listener(Served.impatient(1000))), RequestLimits.DEFAULT);
                Raw clear = served.connect();
                Raw silent = served.connect()) {
            clear.send(GET);
            assertThat(new String(clear.rest(), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
            assertThat(silent.closedByServer()).isTrue();
            assertThat(answered(files.connect(served.port()))).isEqualTo(200);
        }
    }
}
