// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.audit.AuditDevice;
import io.coffer.core.audit.AuditOptions;
import io.coffer.server.config.AuditConfig;
import io.coffer.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSinksTest {
    @TempDir
    Path temporary;

    @Test
    void devicesAreMadeAsConfigured() throws IOException {
        Path file = temporary.toRealPath().resolve("audit.log");
        List<AuditConfig> configs = List.of(
                new AuditConfig("main", new AuditConfig.Target.File(file), false, false),
                new AuditConfig("out", new AuditConfig.Target.Stdout(), true, true));
        try (AuditSinks sinks = AuditSinks.open(configs, SinkLimits.DEFAULT)) {
            AuditDevice main = sinks.devices().getFirst();

            assertThat(sinks.devices()).extracting(AuditDevice::name).containsExactly("main", "out");
            assertThat(main.options()).isEqualTo(new AuditOptions(false, false));
            assertThat(sinks.devices().getLast().options()).isEqualTo(new AuditOptions(true, true));
            assertThat(main.write("one\n".getBytes(StandardCharsets.UTF_8))).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(file).hasContent("one\n");
    }

    @Test
    void aDeviceThatDoesNotOpenIsNamed() throws IOException {
        Path directory = temporary.toRealPath();
        List<AuditConfig> configs = List.of(
                new AuditConfig("good", new AuditConfig.Target.File(directory.resolve("a")), false, true),
                new AuditConfig("bad", new AuditConfig.Target.File(directory.resolve("no/b")), false, true));

        assertThatThrownBy(() -> AuditSinks.open(configs, SinkLimits.DEFAULT))
                .isInstanceOf(ConfigException.class)
                .hasMessage("audit device bad does not open: " + directory.resolve("no")
                        + " is not there; create it for the daemon's user");
    }
}
