// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys of the field that we lack: a configuration that has them still starts, and says what it does
/// without.
class FieldKeysTest {
    private static final List<String> TOP = List.of(
            "cluster_addr = \"https://x:8201\"",
            "disable_clustering = true",
            "log_rotate_duration = \"24h\"",
            "log_rotate_bytes = 1",
            "log_rotate_max_files = 1",
            "disable_cache = true",
            "cache_size = 131072",
            "plugin_directory = \"/x\"",
            "plugin_file_uid = 1",
            "plugin_file_permissions = \"0700\"",
            "plugin \"secret\" \"x\" {}",
            "raw_storage_endpoint = true",
            "introspection_endpoint = true",
            "disable_printable_check = true",
            "disable_sealwrap = true",
            "enable_response_header_hostname = true",
            "enable_response_header_raft_node_id = true",
            "log_requests_level = \"debug\"",
            "detect_deadlocks = \"x\"",
            "imprecise_lease_role_tracking = true",
            "telemetry { prometheus_retention_time = \"24h\" }",
            "service_registration \"kubernetes\" {}",
            "unsafe_allow_api_audit_creation = true",
            "allow_audit_log_prefixing = true",
            "unsafe_relative_paths = true",
            "disable_standby_reads = true",
            "allow_unauthenticated_workflows = true",
            "unsafe_cross_namespace_identity = true",
            "ui = true");

    private static final List<String> LISTENER = List.of(
            "cluster_address = \"127.0.0.1:8201\"",
            "max_request_json_memory = 1",
            "max_request_json_strings = 1000",
            "profiling { unauthenticated_pprof_access = true }",
            "inflight_requests_logging { unauthenticated_in_flight_requests_access = true }",
            "cors_enabled = true",
            "cors_allowed_origins = [\"*\"]",
            "legacy_ceremonies = true");

    @TempDir
    Path directory;

    @Test
    void keysThatWeLackAreAcceptedWithAWarningThatNamesTheLine() {
        ConfigFolder folder = new ConfigFolder(directory);
        for (String key : TOP) {
            Loaded loaded = folder.load(ConfigFolder.BASE + key);
            assertThat(loaded.warnings()).as(key).singleElement().asString().contains(":9: ", name(key));
        }
        for (String key : LISTENER) {
            Loaded loaded = folder.load(ConfigFolder.BASE.replace("tls_disable = true", "tls_disable = true\n" + key));
            assertThat(loaded.warnings()).as(key).singleElement().asString().contains(":4: ", name(key));
        }
    }

    @Test
    void aKeyThatIsOffIsNotWorthAWarning() {
        ConfigFolder folder = new ConfigFolder(directory);
        for (String key : TOP) {
            if (key.endsWith("= true")) {
                assertThat(folder.load(ConfigFolder.BASE + key.replace("true", "false"))
                                .warnings())
                        .as(key)
                        .isEmpty();
                assertThat(folder.load(ConfigFolder.BASE + key.replace("true", "\"0\""))
                                .warnings())
                        .as(key)
                        .isEmpty();
            }
        }
        assertThat(folder.load(ConfigFolder.BASE).warnings()).isEmpty();
    }

    @Test
    void anonymousCeremoniesAreTurnedOnByOurKeyAlone() {
        ConfigFolder folder = new ConfigFolder(directory);
        for (String key : List.of("disable_unauthed_rekey_endpoints", "disable_unauthed_generate_root_endpoints")) {
            String off = ConfigFolder.BASE.replace("tls_disable = true", "tls_disable = true\n" + key + " = false");
            Loaded loaded = folder.load(off);
            assertThat(loaded.warnings()).singleElement().asString().contains(":4: ", key, "legacy_ceremonies = true");
            assertThat(loaded.config().listeners().getFirst().traffic().legacyCeremonies())
                    .isFalse();
            assertThat(folder.load(off.replace("= false", "= true")).warnings()).isEmpty();
        }
    }

    @Test
    void whatIsDangerousIsAcceptedWithAWarning() {
        ConfigFolder folder = new ConfigFolder(directory);
        assertThat(folder.load("storage \"inmem\" {}\nlistener \"tcp\" {}").warnings())
                .anyMatch(text -> text.contains(":1: storage is in memory"))
                .anyMatch(text -> text.contains(":2: address: plain HTTP, on loopback"));
        String raw = "audit \"file\" \"x\" { options { file_path = \"stdout\" log_raw = true } }";
        assertThat(folder.load(ConfigFolder.BASE + raw).warnings())
                .singleElement()
                .asString()
                .contains(":9: log_raw");
    }

    private static String name(String key) {
        return key.replaceFirst("[ =].*", "");
    }
}
