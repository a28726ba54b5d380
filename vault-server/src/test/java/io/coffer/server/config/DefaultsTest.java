// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.JsonLimits;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every default, written down a second time: who changes one changes it here too, and sees who relies on
/// it.
class DefaultsTest {
    @TempDir
    Path directory;

    @Test
    void theSmallestConfigurationHasTheseDefaults() {
        ServerConfig config =
                new ConfigFolder(directory).config("listener \"tcp\" {}\nstorage \"rocksdb\" { path = \"data\" }");
        assertThat(config)
                .isEqualTo(new ServerConfig(
                        List.of(new ListenerConfig.Tcp(
                                new HostPort("127.0.0.1", 8200), Optional.empty(), false, traffic(false))),
                        new StorageConfig.RocksDb(Path.of("data")),
                        SealType.SHAMIR,
                        List.of(),
                        new LeaseConfig(Duration.ofHours(768), Duration.ofHours(768)),
                        Map.of(),
                        new LogConfig(LogConfig.Level.INFO, LogConfig.Format.STANDARD, Optional.empty()),
                        limits(),
                        new CeremonyConfig(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(1)),
                        new KeyConfig(Duration.ofHours(72), Duration.ofHours(720)),
                        new NodeConfig(Optional.empty(), Optional.empty(), false, false, Optional.empty())));
    }

    @Test
    void developmentModeHasTheseDefaults() {
        assertThat(ServerConfig.dev(HostPort.parse("127.0.0.1:8200")))
                .isEqualTo(new ServerConfig(
                        List.of(new ListenerConfig.Tcp(
                                new HostPort("127.0.0.1", 8200), Optional.empty(), true, traffic(true))),
                        new StorageConfig.InMemory(),
                        SealType.SHAMIR,
                        List.of(),
                        LeaseConfig.DEFAULT,
                        Map.of(),
                        LogConfig.DEFAULT,
                        limits(),
                        CeremonyConfig.DEFAULT,
                        KeyConfig.DEFAULT,
                        new NodeConfig(Optional.empty(), Optional.empty(), false, true, Optional.empty())));
    }

    @Test
    void aUnixSocketIsForItsOwnerAlone() {
        ServerConfig config = new ConfigFolder(directory)
                .config("listener \"unix\" { address = \"/run/coffer.sock\" }\nstorage \"inmem\" {}");
        assertThat(config.listeners())
                .containsExactly(new ListenerConfig.Unix(
                        Path.of("/run/coffer.sock"),
                        PosixFilePermissions.fromString("rw-------"),
                        Optional.empty(),
                        Optional.empty(),
                        traffic(false)));
    }

    @Test
    void anAuditDeviceHashesEverything() {
        ServerConfig config = new ConfigFolder(directory).config(ConfigFolder.BASE + """
                audit_directory = "/var/log/coffer"
                audit "file" "main" { options { file_path = "audit.log" } }
                """);
        assertThat(config.audits())
                .containsExactly(new AuditConfig(
                        "main", new AuditConfig.Target.File(Path.of("/var/log/coffer/audit.log")), false, true));
    }

    @Test
    void tlsSpeaksBothVersions() {
        FileReference file = new FileReference(Path.of("x"), "here");
        assertThat(new TlsConfig(file, file))
                .isEqualTo(new TlsConfig(file, file, TlsConfig.Version.TLS12, TlsConfig.Version.TLS13));
        assertThat(TlsConfig.Version.TLS12.protocol()).isEqualTo("TLSv1.2");
        assertThat(TlsConfig.Version.TLS13.protocol()).isEqualTo("TLSv1.3");
    }

    private static Traffic traffic(boolean legacyCeremonies) {
        return new Traffic(
                33_554_432,
                Duration.ofSeconds(90),
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)),
                ResponseHeaders.NONE,
                legacyCeremonies);
    }

    private static RequestLimits limits() {
        return new RequestLimits(new JsonLimits(64, 1_048_576, 100_000, 1_000, 200_000), 1_024, 16_384, 65_536);
    }
}
