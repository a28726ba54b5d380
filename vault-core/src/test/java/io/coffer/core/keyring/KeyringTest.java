// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.TestVault;
import io.coffer.core.crypto.Algorithm;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final byte[] NOTHING = new byte[0];

    private final SecureRandom random = TestVault.seeded(4);
    private final Keyring one = Keyring.create(Algorithm.XAES_256_GCM, random, Instant.EPOCH);

    @Test
    void aNewKeyringHasOneTermThatEncrypts() {
        assertThat(one.terms())
                .containsExactly(new TermInfo(KeyTerm.FIRST, Algorithm.XAES_256_GCM, KeyStatus.PRIMARY, Instant.EPOCH));
        assertThat(one.primary()).isEqualTo(KeyTerm.FIRST);
    }

    @Test
    void aRotationRetiresThePrimaryAndLeavesTheOldKeyringAsItWas() {
        Keyring two = one.rotate(Algorithm.AES_256_GCM, random, Instant.MAX);
        assertThat(two.terms())
                .containsExactly(
                        new TermInfo(KeyTerm.FIRST, Algorithm.XAES_256_GCM, KeyStatus.DEPRECATED, Instant.EPOCH),
                        new TermInfo(new KeyTerm(2), Algorithm.AES_256_GCM, KeyStatus.PRIMARY, Instant.MAX));
        assertThat(two.key(KeyTerm.FIRST)).isEqualTo(one.key(KeyTerm.FIRST));
        assertThat(one.terms()).hasSize(1);
        assertThat(one.primary()).isEqualTo(KeyTerm.FIRST);
        byte[] old = one.primaryKey().encrypt(new byte[24], new byte[3], NOTHING);
        assertThat(two.key(KeyTerm.FIRST).orElseThrow().aead().decrypt(new byte[24], old, NOTHING))
                .isEqualTo(new byte[3]);
        assertThat(two.keyBytes(new KeyTerm(2))).hasSize(32).isNotEqualTo(one.keyBytes(KeyTerm.FIRST));
    }

    @Test
    void aKeyringHasABound() {
        Keyring keyring = one;
        while (keyring.terms().size() < 50) {
            keyring = keyring.rotate(Algorithm.XAES_256_GCM, random, Instant.EPOCH);
        }
        assertThat(keyring.terms().stream().map(info -> info.term().value()).toList())
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 50).boxed().toList());
        keyring.close();
        assertThatThrownBy(() -> new KeyTerm(Integer.MAX_VALUE).next()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aClosedKeyringEncryptsNothing() {
        one.close();
        one.close();
        assertThatThrownBy(() -> one.primaryKey().encrypt(new byte[24], NOTHING, NOTHING))
                .isInstanceOf(SecretClosedException.class);
        assertThatThrownBy(() -> KeyringFormat.encode(one)).isInstanceOf(SecretClosedException.class);
    }

    @Test
    void noKeyStandsInAnyText() {
        String key = HexFormat.of().formatHex(one.keyBytes(KeyTerm.FIRST));
        assertThat(List.of(one, one.key(KeyTerm.FIRST).orElseThrow(), one.primaryKey(), one.terms())
                        .toString())
                .doesNotContain(key.substring(0, 8))
                .contains("Keyring[1 terms, primary 1]", "DataKey[32 bytes]");
    }
}
