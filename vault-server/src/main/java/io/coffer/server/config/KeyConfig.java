// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.time.Duration;

/// @param destroyWait how long a key that is to be destroyed can be restored
/// @param deprecatedGrace how long a deprecated key may be used before its uses are told
public record KeyConfig(Duration destroyWait, Duration deprecatedGrace) {
    public static final KeyConfig DEFAULT = new KeyConfig(Duration.ofDays(3), Duration.ofDays(30));

    public KeyConfig {
        Checks.notNegative("key_destroy_wait", destroyWait);
        Checks.notNegative("deprecated_key_grace", deprecatedGrace);
    }
}
