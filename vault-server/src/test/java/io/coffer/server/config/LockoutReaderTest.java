// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.engine.LoginSettings.Lockout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockoutReaderTest {
    private static final Duration USUAL = Duration.ofMinutes(15);

    @TempDir
    Path directory;

    private Map<String, Lockout> lockouts(Map<String, String> environment, String text) {
        Path file = new ConfigFolder(directory).file("coffer.hcl", ConfigFolder.BASE + text);
        return ConfigFolder.load(environment, LogFlags.NONE, file).config().lockouts();
    }

    @Test
    void whatStandsUnderATypeCountsBeforeWhatStandsUnderAllWhateverTheirOrder() {
        assertThat(lockouts(Map.of(), """
                user_lockout "ldap" {
                  lockout_duration = 90
                  disable_lockout = false
                }
                user_lockout "all" {
                  lockout_threshold = "3"
                  lockout_duration = "10m"
                  disable_lockout = true
                }
                user_lockout "userpass" {
                  lockout_counter_reset = "1h"
                }
                """))
                .isEqualTo(Map.of(
                        "userpass",
                        new Lockout(3, Duration.ofMinutes(10), Duration.ofHours(1), true),
                        "approle",
                        new Lockout(3, Duration.ofMinutes(10), USUAL, true),
                        "ldap",
                        new Lockout(3, Duration.ofSeconds(90), USUAL, false)));
        assertThat(lockouts(Map.of(), "user_lockout \"approle\" { lockout_threshold = 9 }"))
                .isEqualTo(Map.of("approle", new Lockout(9, USUAL, USUAL, false)));
    }

    @Test
    void theEnvironmentTurnsAllOfThemOff() {
        Lockout off = new Lockout(5, USUAL, USUAL, true);
        for (String name : new String[] {"VAULT_DISABLE_USER_LOCKOUT", "BAO_DISABLE_USER_LOCKOUT"}) {
            assertThat(lockouts(Map.of(name, "true"), "user_lockout \"ldap\" { lockout_threshold = 2 }"))
                    .isEqualTo(Map.of("userpass", off, "approle", off, "ldap", new Lockout(2, USUAL, USUAL, true)));
            assertThat(lockouts(Map.of(name, "0"), "")).isEmpty();
            assertThatThrownBy(() -> lockouts(Map.of(name, "hvs.secret"), ""))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("environment variable " + name + ": expected true or false");
        }
    }
}
