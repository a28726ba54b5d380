// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String EVERYTHING = """
            # a comment
            // another
            /* and
               another */
            api_addr = "https://vault.example:8200"
            cluster_name = "a\\"b"
            log_level = "warn"
            log_format = "json"
            log_file = "/var/log/coffer.log"
            default_lease_ttl = "24h"
            max_lease_ttl = 2592000
            default_max_request_duration = "60s"
            disable_mlock = "true"
            pid_file = "/run/coffer.pid"
            audit_directory = "/var/log/coffer"
            seal_grace = "5s"
            unseal_expiry = "30m"
            ceremony_expiry = "2h"
            limits {
              json_depth = 10
              json_strings = "500"
              in_flight_requests = 7
            }
            listener "tcp" {
              address = "[::1]:8201"
              tls_disable = 1
              max_request_size = 1024
              http_idle_timeout = "1m"
              legacy_ceremonies = true
              disable_unauthed_rekey_endpoints = true
              tls_require_and_verify_client_cert = false
              tls_disable_client_certs = true
              custom_response_headers {
                "default" = { "X-A" = ["1", "2"], "X-B" = "3" }
                "4xx" = { "x-a" = ["4"] }
                "404" = { "X-C" = [] }
              }
            }
            listener "unix" {
              address = "/run/coffer.sock"
              tls_disable = true
              socket_mode = "0660"
              socket_user = "coffer"
              socket_group = "1000"
              max_request_duration = "10s"
            }
            backend "rocksdb" { path = "/var/lib/coffer" }
            seal "shamir" {}
            audit "file" "main" {
              description = "all of it"
              options = { file_path = "a/audit.log", mode = "0600", log_raw = "false", hmac_accessor = false }
            }
            audit "file" "out" {
              options { file_path = "stdout" }
            }
            """;

    @TempDir
    Path directory;

    private ConfigFolder folder;

    @BeforeEach
    void aFolder() {
        folder = new ConfigFolder(directory);
    }

    @Test
    void everySettingArrives() {
        ServerConfig config = folder.config(EVERYTHING);
        assertThat(config.node())
                .isEqualTo(new NodeConfig(
                        Optional.of(URI.create("https://vault.example:8200")),
                        Optional.of("a\"b"),
                        false,
                        true,
                        Optional.of(Path.of("/run/coffer.pid"))));
        assertThat(config.log())
                .isEqualTo(new LogConfig(
                        LogConfig.Level.WARN, LogConfig.Format.JSON, Optional.of(Path.of("/var/log/coffer.log"))));
        assertThat(config.leases()).isEqualTo(new LeaseConfig(Duration.ofHours(24), Duration.ofDays(30)));
        assertThat(config.ceremonies())
                .isEqualTo(new CeremonyConfig(Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofHours(2)));
        assertThat(config.limits().json().depth()).isEqualTo(10);
        assertThat(config.limits().json().strings()).isEqualTo(500);
        assertThat(config.limits().inFlight()).isEqualTo(7);
        assertThat(config.storage()).isEqualTo(new StorageConfig.RocksDb(Path.of("/var/lib/coffer")));
    }

    @Test
    void everySettingOfAListenerArrives() {
        List<ListenerConfig> listeners = folder.config(EVERYTHING).listeners();
        ListenerConfig.Tcp tcp = (ListenerConfig.Tcp) listeners.getFirst();
        assertThat(tcp.address()).isEqualTo(new HostPort("::1", 8201));
        assertThat(tcp.plain()).isTrue();
        assertThat(tcp.local()).isTrue();
        assertThat(tcp.traffic().maxRequestSize()).isEqualTo(1024);
        assertThat(tcp.traffic().maxRequestDuration()).isEqualTo(Duration.ofSeconds(60));
        assertThat(tcp.traffic().timeouts().idle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(tcp.traffic().legacyCeremonies()).isTrue();
        ListenerConfig.Unix unix = (ListenerConfig.Unix) listeners.get(1);
        assertThat(unix.mode()).hasSize(4);
        assertThat(unix.user()).contains("coffer");
        assertThat(unix.group()).contains("1000");
        assertThat(unix.traffic().maxRequestDuration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(unix.local()).isTrue();
    }

    @Test
    void headersOfTheExacterStatusWin() {
        ResponseHeaders headers =
                folder.config(EVERYTHING).listeners().getFirst().traffic().headers();
        assertThat(headers.forStatus(200)).isEqualTo(Map.of("X-A", List.of("1", "2"), "X-B", List.of("3")));
        assertThat(headers.forStatus(403)).isEqualTo(Map.of("x-a", List.of("4"), "X-B", List.of("3")));
        assertThat(headers.forStatus(404))
                .isEqualTo(Map.of("x-a", List.of("4"), "X-B", List.of("3"), "X-C", List.of()));
    }

    @Test
    void auditDevicesArrive() {
        assertThat(folder.config(EVERYTHING).audits())
                .containsExactly(
                        new AuditConfig(
                                "main",
                                new AuditConfig.Target.File(Path.of("/var/log/coffer/a/audit.log")),
                                false,
                                false),
                        new AuditConfig("out", new AuditConfig.Target.Stdout(), false, true));
    }

    @Test
    void jsonSaysTheSame() {
        Path json = folder.file("coffer.json", """
                {
                 "listener": [{"tcp": {"address": "127.0.0.1:8200", "tls_disable": true}},
                              {"unix": {"address": "/run/s"}}],
                 "storage": {"rocksdb": {"path": "/var/lib/coffer"}},
                 "audit_directory": "/log",
                 "audit": {"file": {"main": {"options": {"file_path": "a"}}}},
                 "disable_mlock": true, "ui": false, "default_lease_ttl": 3600
                }""");
        Path hcl = folder.file("coffer.hcl", ConfigFolder.BASE + """
                listener "unix" { address = "/run/s" }
                audit_directory = "/log"
                audit "file" "main" { options { file_path = "a" } }
                default_lease_ttl = "1h"
                """);
        assertThat(ConfigFolder.load(Map.of(), LogFlags.NONE, json).config())
                .isEqualTo(ConfigFolder.load(Map.of(), LogFlags.NONE, hcl).config());
    }

    @Test
    void flagsAreReadInEveryFormOfTheField() {
        for (String form : List.of("true", "\"true\"", "1", "\"1\"", "\"TRUE\"", "\"t\"")) {
            assertThat(folder.config(ConfigFolder.BASE.replace("mlock = true", "mlock = " + form))
                            .node()
                            .disableMlock())
                    .as(form)
                    .isTrue();
        }
        for (String form : List.of("false", "\"false\"", "0", "\"0\"", "\"F\"")) {
            assertThat(folder.config(ConfigFolder.BASE.replace("mlock = true", "mlock = " + form))
                            .node()
                            .disableMlock())
                    .as(form)
                    .isFalse();
        }
    }

    @Test
    void filesAreMergedInTheirOrder() {
        Path first = folder.file("1.hcl", ConfigFolder.BASE + "log_level = \"debug\"\ncluster_name = \"one\"\n");
        Path second = folder.file("2.hcl", """
                log_level = "error"
                listener "tcp" { address = "127.0.0.1:8300" }
                storage "rocksdb" { path = "/elsewhere" }
                """);
        Loaded loaded = ConfigFolder.load(Map.of(), LogFlags.NONE, first, second);
        assertThat(loaded.config().log().level()).isEqualTo(LogConfig.Level.ERROR);
        assertThat(loaded.config().node().clusterName()).contains("one");
        assertThat(loaded.config().listeners()).hasSize(2);
        assertThat(loaded.config().storage()).isEqualTo(new StorageConfig.RocksDb(Path.of("/elsewhere")));
        assertThat(loaded.warnings()).anyMatch(text -> text.startsWith(second + ":3: ") && text.contains(first + ":5"));
    }

    @Test
    void ofADirectoryTheConfigurationFilesAreReadByName() {
        folder.file("20.json", "{\"cluster_name\": \"two\", \"log_level\": \"error\"}");
        folder.file("10.hcl", ConfigFolder.BASE + "cluster_name = \"one\"");
        folder.file("99.txt", "this is no configuration {");
        folder.file("30.hcl.bak", "neither is this {");
        ServerConfig config =
                ConfigFolder.load(Map.of(), LogFlags.NONE, directory).config();
        assertThat(config.node().clusterName()).contains("two");
        assertThat(config.log().level()).isEqualTo(LogConfig.Level.ERROR);
    }

    @Test
    void anErrorInOneOfManyFilesNamesThatFile() {
        folder.file("1.hcl", ConfigFolder.BASE);
        Path bad = folder.file("2.hcl", "\n\nlistener \"tcp\" { adress = \"x\" }");
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE, directory))
                .isInstanceOf(ConfigException.class)
                .hasMessage(bad + ":3: unknown key `adress`; did you mean `address`?");
    }

    @Test
    void aPathThatGivesNothingIsAnError() {
        Path missing = directory.resolve("missing.hcl");
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE, missing))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + ": there is no such file or directory");
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE, directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(".hcl or .json");
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Must specify at least one config path using -config");
    }

    @Test
    void theEnvironmentNamesAPathIfNoFlagDoes() {
        Path file = folder.file("coffer.hcl", ConfigFolder.BASE);
        assertThat(ConfigFolder.load(Map.of("BAO_CONFIG_PATH", file.toString()), LogFlags.NONE)
                        .config()
                        .listeners())
                .hasSize(1);
    }

    @Test
    void aDirectoryThatIsTooLargeOrAFileThatIsIsRefused() {
        for (int i = 0; i <= SourceFile.MAX_FILES; i++) {
            folder.file(i + ".hcl", "");
        }
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE, directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("more than 256");
        Path large = folder.file("large.hcl", "#".repeat(1_048_577));
        assertThatThrownBy(() -> ConfigFolder.load(Map.of(), LogFlags.NONE, large))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at most 1048576");
    }
}
