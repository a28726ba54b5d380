// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.server.cli.wire.TestCertificates;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// SIGHUP, sent to a daemon that is a process of its own.
@Timeout(180)
@EnabledOnOs(OS.LINUX)
final class ReloadTest {
    private static final List<String> HANGUPS_IGNORED = List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
    private static final String DONE = "configuration reloaded";
    private static final String REFUSED = "nothing of the configuration was reloaded";

    @TempDir
    Path room;

    private TestCertificates authority;

    @BeforeEach
    void certificates() throws Exception {
        authority = TestCertificates.authority("authority");
        show(authority.sign("localhost"));
    }

    private BigInteger show(TestCertificates certificate) throws Exception {
        certificate.certificateFile(room, "cert.pem");
        certificate.keyFile(room, "key.pem");
        return certificate.certificate().getSerialNumber();
    }

    private String configuration(String level) {
        return DaemonProcess.configuration(room) + """
                listener "tcp" {
                  address       = "127.0.0.1:0"
                  tls_cert_file = "%1$s/cert.pem"
                  tls_key_file  = "%1$s/key.pem"
                }
                audit_directory = "%1$s"
                audit "file" "file" { options { file_path = "audit.log" } }
                log_level = "%2$s"
                log_file  = "%1$s/coffer.log"
                """.formatted(room, level);
    }

    private BigInteger shown(int port) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    private void moveAway(String name) throws IOException {
        Files.move(room.resolve(name), room.resolve(name + ".1"));
    }

    private void reload(DaemonProcess daemon, int times) throws Exception {
        daemon.signal("HUP");
        await().until(() -> daemon.output().split(DONE, -1).length == times + 1);
    }

    @Test
    void certificateLogLevelAndTheFilesOfLogAndAuditAreTakenAnewWithoutAPause() throws Exception {
        // Under nohup a signal of that name would not arrive.
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration("info"), HANGUPS_IGNORED)) {
            DaemonProcess.Keys keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/kv", keys.token(), "{\"type\":\"kv\"}");
            assertThat(daemon.output()).doesNotContain("[TRACE]");
            long written = Files.size(room.resolve("audit.log"));
            moveAway("audit.log");
            moveAway("coffer.log");
            assertThat(daemon.ask("GET", "kv/moved", keys.token(), "").statusCode())
                    .isEqualTo(404);
            assertThat(Files.size(room.resolve("audit.log.1"))).isGreaterThan(written);

            BigInteger next = show(authority.sign("localhost"));
            assertThat(shown(daemon.port(1))).isNotEqualTo(next);
            Files.writeString(room.resolve("coffer.hcl"), configuration("trace"));
            reload(daemon, 1);

            long before = Files.size(room.resolve("audit.log.1"));
            assertThat(shown(daemon.port(1))).isEqualTo(next);
            assertThat(daemon.ask("PUT", "kv/a", keys.token(), "{\"a\":1}").statusCode())
                    .isEqualTo(204);
            daemon.awaitOutput("[TRACE]");
            assertThat(room.resolve("audit.log")).content().contains("kv/a");
            assertThat(room.resolve("audit.log.1")).hasSize(before);
            await().until(() -> Files.readString(room.resolve("coffer.log")).contains("[TRACE]"));
            assertThat(room.resolve("coffer.log.1")).content().contains("vault is unsealed");
        }
    }

    @Test
    void whatCannotBeUsedLeavesWhatIsThereAndTheNextTurnHeals() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration("info"))) {
            BigInteger first = shown(daemon.port(1));
            String certificate = Files.readString(room.resolve("cert.pem"));
            Files.writeString(room.resolve("cert.pem"), certificate.substring(0, certificate.length() / 2));
            daemon.signal("HUP");
            daemon.awaitOutput(REFUSED);
            assertThat(shown(daemon.port(1))).isEqualTo(first);

            Files.writeString(room.resolve("cert.pem"), certificate);
            Files.writeString(room.resolve("coffer.hcl"), configuration("louder"));
            daemon.signal("HUP");
            daemon.awaitOutput("log_level");
            assertThat(daemon.ask("GET", "sys/health", "", "").statusCode()).isEqualTo(501);

            BigInteger next = show(authority.sign("localhost"));
            Files.writeString(room.resolve("coffer.hcl"), configuration("info"));
            reload(daemon, 1);
            assertThat(shown(daemon.port(1))).isEqualTo(next);
        }
    }
}
