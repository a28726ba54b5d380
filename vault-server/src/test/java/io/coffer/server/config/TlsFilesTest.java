// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    Path directory;

    private ConfigFolder folder;
    private Path certificate;
    private Path key;

    @BeforeEach
    void files() throws IOException {
        folder = new ConfigFolder(directory);
        certificate = folder.file("cert.pem", "a certificate");
        key = folder.file("key.pem", "a key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private String config(String listener) {
        return "storage \"rocksdb\" { path = \"x\" }\nlistener \"tcp\" {\n address = \"0.0.0.0:8200\"\n" + listener
                + "\n}";
    }

    private String both() {
        return "tls_cert_file = \"" + certificate + "\"\ntls_key_file = \"" + key + "\"\n";
    }

    @Test
    void withBothFilesThereIsTls() {
        Loaded loaded = folder.load(config(both() + "tls_min_version = \"tls13\""));
        ListenerConfig.Tcp listener =
                (ListenerConfig.Tcp) loaded.config().listeners().getFirst();
        TlsConfig tls = listener.tls().orElseThrow();
        assertThat(tls.certificate().read()).isEqualTo("a certificate".getBytes(StandardCharsets.UTF_8));
        assertThat(tls.key().path()).isEqualTo(key);
        assertThat(tls.lowest()).isEqualTo(TlsConfig.Version.TLS13);
        assertThat(listener.local()).isFalse();
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void oneFileAloneIsAnError() {
        assertThat(folder.refused(config("tls_cert_file = \"" + certificate + "\"")))
                .startsWith("4: tls_cert_file: tls_key_file is missing");
        assertThat(folder.refused(config("tls_key_file = \"" + key + "\"")))
                .startsWith("4: tls_key_file: tls_cert_file is missing");
    }

    @Test
    void turnedOffTheFilesAreNotUsed() {
        Loaded loaded = folder.load(config(both() + "tls_disable = true"));
        assertThat(((ListenerConfig.Tcp) loaded.config().listeners().getFirst()).tls())
                .isEmpty();
        assertThat(loaded.warnings()).singleElement().asString().contains(":6: tls_disable: TLS is off");
    }

    @Test
    void versionsOutOfOrderAreRefused() {
        assertThat(folder.refused(config(both() + "tls_min_version = \"tls13\"\ntls_max_version = \"tls12\"")))
                .startsWith("6: tls_min_version is newer");
    }

    @Test
    void aKeyThatEveryoneCanReadIsWarnedOf() throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(folder.load(config(both())).warnings())
                .singleElement()
                .asString()
                .contains(":5: tls_key_file");
    }

    @Test
    void aFileThatIsGoneOrWrongLeadsBackToItsLine() throws IOException {
        Loaded loaded = folder.load(config(both()));
        FileReference reference = ((ListenerConfig.Tcp)
                        loaded.config().listeners().getFirst())
                .tls()
                .orElseThrow()
                .key();
        Files.write(key, new byte[FileReference.MAX_BYTES + 1]);
        assertThatThrownBy(reference::read)
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        directory.resolve("coffer.hcl") + ":5: tls_key_file: " + key + " has more than 1048576 bytes");
        Files.delete(key);
        assertThatThrownBy(reference::read)
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory.resolve("coffer.hcl") + ":5: tls_key_file: " + key + " does not exist");
        Files.createDirectory(key);
        assertThatThrownBy(reference::read).isInstanceOf(ConfigException.class).hasMessageContaining("is no file");
    }
}
