// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.TestVault;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.token.TokenStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A root generation that everybody has walked away from.
class RootGenerationExpiryTest {
    private final TestVault.Setup setup = TestVault.Setup.over(new MemoryDisk());
    private final TestVault vault = TestVault.open(setup, 5, 3);
    private final RootGeneration generation = new RootGeneration(
            vault.vault(),
            new TokenStore(),
            setup.random(),
            new RootGeneration.Surroundings(setup.time(), setup.events()::add, TestVault.CEREMONY_EXPIRY));

    @Test
    void theTimerForgetsItsSharesAndItsPadWithoutAnyCall() {
        Secret pad = Secret.takeFrom("0123456789abcdefghijklmnopqr".getBytes(StandardCharsets.US_ASCII));
        RootPlan plan = new RootPlan(Optional.of(pad), Optional.empty());
        RootGeneration.Status begun =
                generation.start(plan, new Starter.ByToken("one", "root")).orElseThrow();
        Ceremony ceremony = begun.open().orElseThrow().ceremony();
        generation.update(ceremony.nonce(), vault.share(1));
        vault.time().pass(TestVault.CEREMONY_EXPIRY.minusNanos(1));
        generation.expire();
        assertThat(ceremony.progress()).isEqualTo(1);
        vault.time().pass(TestVault.CEREMONY_EXPIRY);
        generation.expire();
        assertThat(ceremony.progress()).isZero();
        assertThatThrownBy(() -> pad.use(bytes -> bytes.length)).isInstanceOf(SecretClosedException.class);
    }

    @Test
    void theTimerLeavesAVaultThatIsSealedAlone() {
        vault.vault().seal();
        generation.expire();
        assertThat(vault.isUnsealed()).isFalse();
    }
}
