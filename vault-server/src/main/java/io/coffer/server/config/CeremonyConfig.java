// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.time.Duration;

/// @param sealGrace how long sealing waits for requests at work
/// @param unsealExpiry after which shares handed in for an unseal are forgotten
/// @param ceremonyExpiry after which an abandoned rekey or root generation ends
public record CeremonyConfig(Duration sealGrace, Duration unsealExpiry, Duration ceremonyExpiry) {
    public static final CeremonyConfig DEFAULT =
            new CeremonyConfig(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(1));

    public CeremonyConfig {
        Checks.notNegative("seal_grace", sealGrace);
        Checks.positive("unseal_expiry", unsealExpiry);
        Checks.positive("ceremony_expiry", ceremonyExpiry);
    }
}
