// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretIdTest {
    @Test
    void whatIsKnownOfASecretIdIsReadAsItWasWritten() {
        SecretId id = Golden.of("login/approle-secret-id-1.json").holds(SecretId::read, SecretId::record);
        assertThat(id.metadata()).isEqualTo(Map.of("host", "a1"));
        assertThat(id.uses()).isEqualTo(2);
        assertThat(id.expires()).contains(Instant.ofEpochMilli(61_000));
        assertThat(id.cidrs().getFirst().contains("10.9.9.9")).isTrue();
        assertThat(id.tokenCidrs().getFirst().contains("10.9.9.9")).isFalse();
    }
}
