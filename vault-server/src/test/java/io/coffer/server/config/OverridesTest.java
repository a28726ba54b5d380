// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What environment, flags and development mode change.
class OverridesTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aFile() {
        file = new ConfigFolder(directory)
                .file("coffer.hcl", ConfigFolder.BASE + "log_level = \"error\"\napi_addr = \"http://file:1\"");
    }

    private LogConfig.Level level(Map<String, String> environment, Optional<String> flag) {
        LogFlags flags = new LogFlags(flag, Optional.empty(), Optional.empty());
        return ConfigFolder.load(environment, flags, file).config().log().level();
    }

    @Test
    void flagBeatsEnvironmentBeatsFile() {
        assertThat(level(Map.of(), Optional.empty())).isEqualTo(LogConfig.Level.ERROR);
        assertThat(level(Map.of("VAULT_LOG_LEVEL", "debug"), Optional.empty())).isEqualTo(LogConfig.Level.DEBUG);
        assertThat(level(Map.of("VAULT_LOG_LEVEL", "debug"), Optional.of("TRACE")))
                .isEqualTo(LogConfig.Level.TRACE);
    }

    @Test
    void theNewerPrefixWinsAlsoWhenItsVariableIsEmpty() {
        assertThat(level(Map.of("VAULT_LOG_LEVEL", "debug", "BAO_LOG_LEVEL", "warn"), Optional.empty()))
                .isEqualTo(LogConfig.Level.WARN);
        assertThat(level(Map.of("VAULT_LOG_LEVEL", "debug", "BAO_LOG_LEVEL", ""), Optional.empty()))
                .isEqualTo(LogConfig.Level.ERROR);
    }

    @Test
    void theAddressComesFromTheEnvironmentToo() {
        assertThat(apiAddr(Map.of())).contains(URI.create("http://file:1"));
        assertThat(apiAddr(Map.of("VAULT_REDIRECT_ADDR", "http://old:1"))).contains(URI.create("http://old:1"));
        assertThat(apiAddr(Map.of("VAULT_REDIRECT_ADDR", "http://old:1", "VAULT_API_ADDR", "http://new:1")))
                .contains(URI.create("http://new:1"));
    }

    private Optional<URI> apiAddr(Map<String, String> environment) {
        return ConfigFolder.load(environment, LogFlags.NONE, file)
                .config()
                .node()
                .apiAddr();
    }

    @Test
    void aBadVariableOrFlagIsNamedAndItsValueIsNot() {
        assertThatThrownBy(() -> level(Map.of("BAO_LOG_LEVEL", "hvs.secret"), Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("environment variable BAO_LOG_LEVEL: expected one of trace, debug, info, warn and error");
        assertThatThrownBy(() -> level(Map.of(), Optional.of("hvs.secret")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("flag -log-level: expected one of trace, debug, info, warn and error");
        assertThatThrownBy(() -> apiAddr(Map.of("VAULT_API_ADDR", "hvs.secret")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("environment variable VAULT_API_ADDR: expected a URL");
    }

    @Test
    void aBadValueInTheFileIsAnErrorEvenIfSomethingBeatsIt() {
        Path bad = new ConfigFolder(directory).file("bad.hcl", ConfigFolder.BASE + "log_level = \"loud\"");
        assertThatThrownBy(() -> ConfigFolder.load(Map.of("BAO_LOG_LEVEL", "info"), LogFlags.NONE, bad))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(":9: log_level");
    }

    @Test
    void developmentModeNeedsNoFileAndAddsTheListenersOfThoseItGets() {
        ConfigLoader loader = new ConfigLoader(Map.of(), LogFlags.NONE);
        HostPort address = HostPort.parse("127.0.0.1:8200");
        ListenerConfig.Tcp listener = ListenerConfig.Tcp.dev(address, Optional.empty());
        Loaded bare = loader.dev(listener, List.of());
        assertThat(bare.config()).isEqualTo(ServerConfig.dev(address));
        assertThat(bare.warnings()).isEmpty();
        Path more = new ConfigFolder(directory)
                .file("more.hcl", "listener \"unix\" { address = \"/run/s\" }\ndefault_lease_ttl = \"1h\"");
        ServerConfig config = loader.dev(listener, List.of(more)).config();
        assertThat(config.listeners()).hasSize(2).first().isEqualTo(listener);
        assertThat(config.leases().defaultTtl()).isEqualTo(java.time.Duration.ofHours(1));
        assertThat(config.storage()).isEqualTo(new StorageConfig.InMemory());
        assertThat(config.node().disableMlock()).isTrue();
    }

    @Test
    void developmentModeRefusesToUseAStorage() {
        ListenerConfig.Tcp listener = ListenerConfig.Tcp.dev(HostPort.parse(":8300"), Optional.empty());
        assertThatThrownBy(() -> new ConfigLoader(Map.of(), LogFlags.NONE).dev(listener, List.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ":5: storage: -dev keeps everything in memory");
    }

    @Test
    void developmentModeWarnsBeyondLoopback() {
        ListenerConfig.Tcp listener = ListenerConfig.Tcp.dev(HostPort.parse(":8300"), Optional.empty());
        assertThat(new ConfigLoader(Map.of(), LogFlags.NONE)
                        .dev(listener, List.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("not on loopback");
    }
}
