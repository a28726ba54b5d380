// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What is no configuration, the line that the error names and a word of it.
class RefusedConfigTest {
    @TempDir
    Path directory;

    /// Something wrong after the base, on its first line.
    private record Bad(String text, String word) {}

    private static final Bad[] TOP = {
        new Bad("api_adr = \"x\"", "unknown key `api_adr`; did you mean `api_addr`?"),
        new Bad("storrage \"x\" {}", "did you mean `storage`?"),
        new Bad("loglevel = \"info\"", "did you mean `log_level`?"),
        new Bad("nonsense = 1", "unknown key `nonsense`"),
        new Bad("\"log\nlevel\" = 1", "is not closed"),
        new Bad("\"log\\nlevel\" = 1", "unknown key `log?level`"),
        new Bad("log_level = debug", "double quotes"),
        new Bad("log_level = \"loud\"", "log_level: expected one of"),
        new Bad("log_level = 1", "found a whole number"),
        new Bad("log_level {}", "log_level`: expected one value"),
        new Bad("log_format = \"xml\"", "log_format: expected standard or json"),
        new Bad("default_lease_ttl = \"soon\"", "default_lease_ttl: expected a duration"),
        new Bad("default_lease_ttl = true", "default_lease_ttl: expected a duration"),
        new Bad("default_lease_ttl = 1.5", "default_lease_ttl: expected a duration"),
        new Bad("default_lease_ttl = \"-1h\"", "default_lease_ttl must be longer than zero"),
        new Bad("default_lease_ttl = \"800h\"", "default_lease_ttl (800h0m0s) exceeds max_lease_ttl (768h0m0s)"),
        new Bad("max_lease_ttl = \"1h\"", "exceeds"),
        new Bad("max_lease_ttl = \"0\"", "max_lease_ttl must be longer than zero"),
        new Bad("default_max_request_duration = 0", "default_max_request_duration"),
        new Bad("ui = \"maybe\"", "ui: expected true or false"),
        new Bad("ui = 2", "ui: expected true or false"),
        new Bad("disable_mlock = false", "`disable_mlock`: stands twice"),
        new Bad("cluster_name = \"\"", "not empty"),
        new Bad("api_addr = \"vault.example\"", "api_addr: expected a URL"),
        new Bad("api_addr = \"ftp://vault.example\"", "api_addr: expected a URL"),
        new Bad("api_addr = \"http://user:word@vault.example\"", "api_addr: expected a URL"),
        new Bad("api_addr = \"http://vault.example/x\"", "api_addr: expected a URL"),
        new Bad("api_addr = \"https://{{ GetPrivateIP }}\"", "api_addr: expected a URL"),
        new Bad("seal_grace = \"-1s\"", "seal_grace must not be negative"),
        new Bad("unseal_expiry = 0", "unseal_expiry must be longer than zero"),
        new Bad("limits { json_depht = 1 }", "did you mean `json_depth`?"),
        new Bad("limits { json_depth = 0 }", "json_depth: must be from 1"),
        new Bad("limits { json_depth = 501 }", "json_depth must be from 1 to 500"),
        new Bad("limits { json_strings = 99999999999 }", "json_strings: must be from 1"),
        new Bad("limits = 3", "expected a block"),
        new Bad("limits \"x\" {}", "labels"),
        new Bad("storage \"rocksdb\" { path = \"/x\" }", "storage: stands twice"),
        new Bad("backend \"rocksdb\" { path = \"/x\" }", "storage: stands twice"),
        new Bad("ha_storage \"raft\" {}", "ha_storage`: one storage holds everything"),
        new Bad("user_lockout \"jwt\" {}", "user_lockout: expected \"all\", \"userpass\""),
        new Bad("user_lockout \"all\" {}\nuser_lockout \"all\" {}", "user_lockout: stands twice"),
        new Bad("user_lockout \"all\" { lockout_threshold = 0 }", "lockout_threshold: must be at least 1"),
        new Bad("user_lockout \"ldap\" { lockout_duration = 0 }", "lockout_duration: must be longer than zero"),
        new Bad("user_lockout \"all\" { threshold = 3 }", "unknown key `threshold`"),
        new Bad("initialize {}", "coffer operator init"),
        new Bad("seal \"transit\" {}", "seal type `transit` is not supported"),
        new Bad("seal \"awskms\" { disabled = \"true\" }", "seal type `awskms` is not supported"),
        new Bad("seal \"shamir\" { x = 1 }", "unknown key `x`"),
        new Bad("seal {}\nseal = 3", "found a whole number"),
        new Bad("listener \"quic\" {}", "listener type `quic`"),
        new Bad("listener \"tcp\" { address = \"127.0.0.1\" }", "another one has this address"),
        new Bad("listener = \"127.0.0.1:8200\"", "expected a block"),
        new Bad("telemetry {\n disable_hostname = true", "not closed"),
        new Bad("\u0000\u0001", "U+0000"),
        new Bad("audit \"socket\" \"x\" {}", "audit type `socket` is not supported"),
        new Bad("audit \"file\" {}\naudit = 1", "whole number"),
        new Bad("audit \"file\" \"x\" {}", "expected one options"),
        new Bad("audit \"file\" \"x\" { options { } }", "file_path: is missing"),
        new Bad("audit \"file\" \"x\" { options { file_path = \"x\" } }", "needs audit_directory"),
        new Bad("audit \"file\" \"x\" { options { file_pth = \"x\" } }", "did you mean `file_path`?"),
        new Bad("audit \"file\" \"x\" { options { file_path = \"stdout\" prefix = \"x\" } }", "JSON and nothing else"),
        new Bad("audit \"file\" \"x\" { options { file_path = \"stdout\" mode = \"0644\" } }", "0600"),
        new Bad("audit \"file\" \"a/b\" { options { file_path = \"stdout\" } }", "1 to 128 letters"),
    };

    private static final Bad[] LISTENER = {
        new Bad("tls_disabel = true", "did you mean `tls_disable`?"),
        new Bad("tls_cipher_suites = \"x\"", "the suites are fixed"),
        new Bad("tls_client_ca_file = \"x\"", "demands none"),
        new Bad("tls_require_and_verify_client_cert = true", "demands none"),
        new Bad("tls_require_and_verify_client_cert = \"x\"", "expected true or false"),
        new Bad("tls_disable_client_certs = \"x\"", "expected true or false"),
        new Bad("tls_acme_domains = [\"x\"]", "ACME is not supported"),
        new Bad("tls_min_version = \"tls10\"", "tls12 or tls13"),
        new Bad("tls_max_version = \"tls11\"", "tls12 or tls13"),
        new Bad("tls_cert_file = \"/nowhere/cert.pem\"", "/nowhere/cert.pem does not exist"),
        new Bad("x_forwarded_for_authorized_addrs = \"x\"", "forwarded addresses"),
        new Bad("x_forwarded_for_hop_skips = 0", "forwarded addresses"),
        new Bad("proxy_protocol_behavior = \"use_always\"", "PROXY protocol"),
        new Bad("max_request_size = -1", "cannot be turned off"),
        new Bad("max_request_size = 0", "cannot be turned off"),
        new Bad("max_request_size = \"32MiB\"", "expected a whole number"),
        new Bad("max_request_size = 1073741825", "must be from 1 to 1073741824"),
        new Bad("max_request_duration = 0", "max_request_duration must be longer than zero"),
        new Bad("http_read_timeout = 0", "http_read_timeout: must be longer than zero"),
        new Bad("http_write_timeout = \"-1s\"", "http_write_timeout must not be negative"),
        new Bad("legacy_ceremonies = \"yes\"", "legacy_ceremonies: expected true or false"),
        new Bad("socket_mode = \"600\"", "unknown key `socket_mode`"),
        new Bad("custom_response_headers { \"6xx\" = { \"X\" = [\"y\"] } }", "expected a status"),
        new Bad("custom_response_headers { \"404\" = { \"X-Vault-Y\" = [\"y\"] } }", "reserved"),
        new Bad("custom_response_headers { \"404\" = { \"X Y\" = [\"y\"] } }", "a name that HTTP allows"),
        new Bad("custom_response_headers { \"404\" = { \"X\" = [\"y\\r\\nz\"] } }", "printable ASCII"),
        new Bad("custom_response_headers { \"404\" = { \"X\" = 3 } }", "a string or a list of strings"),
        new Bad("custom_response_headers { \"404\" = \"X\" }", "expected a block"),
    };

    @TestFactory
    Stream<DynamicTest> whatIsWrongAtTheTopIsRefusedWithItsLine() {
        return Stream.of(TOP)
                .map(bad -> DynamicTest.dynamicTest(bad.text().replaceAll("[^ -~]", "?"), () -> {
                    String refused = new ConfigFolder(directory).refused(ConfigFolder.BASE + bad.text());
                    int line =
                            ConfigFolder.AFTER_BASE + (int) bad.text().lines().count() - 1;
                    assertThat(refused).contains(bad.word());
                    if (bad.word().equals("not closed") || bad.word().equals("is not closed")) {
                        line = ConfigFolder.AFTER_BASE;
                    }
                    assertThat(refused).startsWith(line + ": ");
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongInAListenerIsRefusedWithItsLine() {
        return Stream.of(LISTENER)
                .map(bad -> DynamicTest.dynamicTest(bad.text().replaceAll("[^ -~]", "?"), () -> {
                    String text = ConfigFolder.BASE.replace("tls_disable = true", "tls_disable = true\n" + bad.text());
                    assertThat(new ConfigFolder(directory).refused(text))
                            .startsWith("4: ")
                            .contains(bad.word());
                }));
    }

    @Test
    void aWrongStorageIsRefusedWithItsLine() {
        ConfigFolder folder = new ConfigFolder(directory);
        assertThat(folder.refused(ConfigFolder.BASE.replace("rocksdb", "rockdb")))
                .startsWith("5: unknown storage type `rockdb`; did you mean `rocksdb`?");
        assertThat(folder.refused(ConfigFolder.BASE.replace("rocksdb", "raft")))
                .startsWith("5: storage type `raft` is not supported");
        assertThat(folder.refused(ConfigFolder.BASE.replace("path = \"/var/lib/coffer\"", "")))
                .startsWith("5: path is missing");
        assertThat(folder.refused(ConfigFolder.BASE.replace("path =", "pth =")))
                .startsWith("6: unknown key `pth`; did you mean `path`?");
    }

    @Test
    void withoutStorageOrListenerThereIsNoStart() {
        ConfigFolder folder = new ConfigFolder(directory);
        assertThat(folder.refused("listener \"tcp\" {}")).startsWith("1: there is no storage");
        assertThat(folder.refused("storage \"inmem\" {}")).startsWith("1: there is no listener");
        assertThat(folder.refused("")).startsWith("1: there is no listener");
    }

    @Test
    void plainHttpBeyondLoopbackMustBeWrittenDown() {
        ConfigFolder folder = new ConfigFolder(directory);
        String plain = ConfigFolder.BASE.replace("  tls_disable = true\n", "");
        for (String address : new String[] {"0.0.0.0:8200", ":8200", "[::]:8200", "10.0.0.1:8200", "vault.example"}) {
            String text = plain.replace("127.0.0.1:8200", address);
            assertThat(folder.refused(text)).startsWith("2: plain HTTP is for loopback only");
            assertThat(folder.refused(text.replace("}\nstorage", "tls_disable = false }\nstorage")))
                    .startsWith("2: plain HTTP is for loopback only");
            assertThat(folder.config(text.replace("}\nstorage", "tls_disable = true }\nstorage"))
                            .listeners())
                    .hasSize(1);
        }
        assertThat(folder.config(plain).listeners()).hasSize(1);
    }

    @Test
    void aUnixListenerTakesItsOwnKeysOnly() {
        ConfigFolder folder = new ConfigFolder(directory);
        String storage = "storage \"inmem\" {}\nlistener \"unix\" {\n";
        assertThat(folder.refused(storage + "}")).startsWith("2: address: is missing");
        assertThat(folder.refused(storage + "address = \"/s\" tls_cert_file = \"x\" }"))
                .contains("has no TLS");
        assertThat(folder.refused(storage + "address = \"/s\" tls_disable = false }"))
                .contains("has no TLS");
        assertThat(folder.refused(storage + "address = \"/s\" socket_mode = \"999\" }"))
                .contains("octal");
        assertThat(folder.refused(storage + "address = \"/s\" socket_mode = 600 }"))
                .contains("a string");
        assertThat(folder.refused(storage + "address = \"/" + "s".repeat(107) + "\" }"))
                .contains("at most 107 bytes");
    }

    @Test
    void anAuditFileLiesBelowItsDirectory() {
        ConfigFolder folder = new ConfigFolder(directory);
        for (String path :
                new String[] {"/etc/passwd", "../x", "a/../../x", "a/../x", ".", "/log", "/log/../x", "/logs/x"}) {
            String text = ConfigFolder.BASE + "audit_directory = \"/log\"\n"
                    + "audit \"file\" \"x\" { options { file_path = \"" + path + "\" } }";
            assertThat(folder.refused(text)).as(path).startsWith("10: file_path: must lie below audit_directory");
        }
    }

    @Test
    void twoAuditDevicesOfOneNameAreRefused() {
        String audit = "audit \"file\" \"x\" { options { file_path = \"stdout\" } }\n";
        assertThat(new ConfigFolder(directory).refused(ConfigFolder.BASE + audit + audit))
                .startsWith("10: audit: two devices");
    }

    @Test
    void moreListenersOrAuditDevicesThanTheLimitAreRefused() {
        StringBuilder text = new StringBuilder(ConfigFolder.BASE);
        for (int i = 0; i < ServerConfig.MAX_LISTENERS; i++) {
            text.append("listener \"tcp\" { address = \"127.0.0.1:")
                    .append(9000 + i)
                    .append("\" }\n");
        }
        assertThat(new ConfigFolder(directory).refused(text.toString())).contains("1 to 16 listeners");
        text.setLength(ConfigFolder.BASE.length());
        for (int i = 0; i <= AuditConfig.MAX_DEVICES; i++) {
            text.append("audit \"file\" \"n").append(i).append("\" { options { file_path = \"stdout\" } }\n");
        }
        assertThat(new ConfigFolder(directory).refused(text.toString())).contains("at most 16 audit devices");
    }
}
