// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AeadKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] PLAINTEXT = "attack at dawn, and bring biscuits".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = "some/place".getBytes(StandardCharsets.US_ASCII);

    private static AeadKey key(Algorithm algorithm) {
        try (var secret = Secret.random(Algorithm.KEY_BYTES, RANDOM)) {
            return AeadKey.of(algorithm, secret);
        }
    }

    private static byte[] nonce(Algorithm algorithm) {
        var nonce = new byte[algorithm.nonceBytes()];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] bent(byte[] bytes, int at, int mask) {
        var bent = bytes.clone();
        bent[at] ^= (byte) mask;
        return bent;
    }

    private static void assertRefused(AeadKey key, byte[] nonce, byte[] ciphertext, byte[] associatedData) {
        assertThatThrownBy(() -> key.decrypt(nonce, ciphertext, associatedData))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyLengthComesBack(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            for (int length = 0; length < 200; length++) {
                var plaintext = new byte[length];
                RANDOM.nextBytes(plaintext);
                var nonce = nonce(algorithm);
                var encrypted = key.encrypt(nonce, plaintext, PLACE);
                assertThat(encrypted).hasSize(length + Algorithm.TAG_BYTES);
                assertThat(key.decrypt(nonce, encrypted, PLACE)).isEqualTo(plaintext);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyBentBitOfCiphertextNonceAndAssociatedDataIsRefused(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            var nonce = nonce(algorithm);
            var encrypted = key.encrypt(nonce, PLAINTEXT, PLACE);
            for (int bit = 0; bit < 8; bit++) {
                for (int i = 0; i < encrypted.length; i++) {
                    assertRefused(key, nonce, bent(encrypted, i, 1 << bit), PLACE);
                }
                for (int i = 0; i < nonce.length; i++) {
                    assertRefused(key, bent(nonce, i, 1 << bit), encrypted, PLACE);
                }
                for (int i = 0; i < PLACE.length; i++) {
                    assertRefused(key, nonce, encrypted, bent(PLACE, i, 1 << bit));
                }
            }
            assertThat(key.decrypt(nonce, encrypted, PLACE)).as("still works").isEqualTo(PLAINTEXT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCutOrLengthenedCiphertextIsRefused(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            var nonce = nonce(algorithm);
            var encrypted = key.encrypt(nonce, PLAINTEXT, PLACE);
            for (int length = 0; length < encrypted.length; length++) {
                assertRefused(key, nonce, Arrays.copyOf(encrypted, length), PLACE);
                assertRefused(
                        key, nonce, Arrays.copyOfRange(encrypted, encrypted.length - length, encrypted.length), PLACE);
            }
            assertRefused(key, nonce, Arrays.copyOf(encrypted, encrypted.length + 1), PLACE);
            assertRefused(key, nonce, encrypted, Arrays.copyOf(PLACE, PLACE.length + 1));
            assertRefused(key, nonce, encrypted, new byte[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherKeyAndAnotherAlgorithmRefuse(Algorithm algorithm) {
        try (var key = key(algorithm);
                var other = key(algorithm)) {
            var nonce = nonce(algorithm);
            assertRefused(other, nonce, key.encrypt(nonce, PLAINTEXT, PLACE), PLACE);
        }
    }

    @Test
    void underOneSecretTheAlgorithmsDoNotOpenEachOthersMessages() {
        try (var secret = Secret.random(Algorithm.KEY_BYTES, RANDOM);
                var plain = AeadKey.of(Algorithm.AES_256_GCM, secret);
                var extended = AeadKey.of(Algorithm.XAES_256_GCM, secret)) {
            var nonce = nonce(Algorithm.XAES_256_GCM);
            var encrypted = extended.encrypt(nonce, PLAINTEXT, PLACE);
            assertRefused(plain, Arrays.copyOfRange(nonce, 12, 24), encrypted, PLACE);
            assertRefused(plain, Arrays.copyOf(nonce, 12), encrypted, PLACE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWithAHeaderNeedsNoCopy(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            for (int header = 0; header < 7; header++) {
                var message = new byte[header + key.messageBytes(PLAINTEXT.length)];
                var nonce = nonce(algorithm);
                System.arraycopy(nonce, 0, message, header, nonce.length);
                key.encryptInto(message, header, PLAINTEXT, PLACE);
                assertThat(Arrays.copyOf(message, header)).isEqualTo(new byte[header]);
                assertThat(key.decryptFrom(message, header, PLACE)).isEqualTo(PLAINTEXT);
                var ciphertext = Arrays.copyOfRange(message, header + nonce.length, message.length);
                assertThat(key.decrypt(nonce, ciphertext, PLACE)).isEqualTo(PLAINTEXT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageTooShortToBeOneIsRefusedAndOneOfAnotherLengthIsNotWritten(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            for (int length = 0; length < 5 + key.messageBytes(0); length++) {
                var message = new byte[length];
                assertThatThrownBy(() -> key.decryptFrom(message, 5, PLACE))
                        .isInstanceOf(AuthenticationFailedException.class);
            }
            for (int wrong : new int[] {-1, 1}) {
                var message = new byte[5 + key.messageBytes(PLAINTEXT.length) + wrong];
                assertThatThrownBy(() -> key.encryptInto(message, 5, PLAINTEXT, PLACE))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(message).containsOnly(0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noncesAndKeysOfAnotherLengthAreTheCallersMistake(Algorithm algorithm) {
        try (var key = key(algorithm);
                var shortKey = Secret.random(16, RANDOM)) {
            for (int length : new int[] {0, 11, 13, 23, 25}) {
                assertThatThrownBy(() -> key.encrypt(new byte[length], PLAINTEXT, PLACE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("not " + length);
                assertThatThrownBy(() -> key.decrypt(new byte[length], new byte[40], PLACE))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> AeadKey.of(algorithm, shortKey)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonceUsedTwiceInARowIsCaught(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            var nonce = nonce(algorithm);
            key.encrypt(nonce, PLAINTEXT, PLACE);
            assertThatThrownBy(() -> key.encrypt(nonce, PLAINTEXT, PLACE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nonce");
            assertThat(key.encrypt(nonce(algorithm), PLAINTEXT, PLACE)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterClosingEveryUseIsRefusedAndTheSecretStaysTheCallers(Algorithm algorithm) {
        try (var secret = Secret.random(Algorithm.KEY_BYTES, RANDOM)) {
            var key = AeadKey.of(algorithm, secret);
            var nonce = nonce(algorithm);
            var encrypted = key.encrypt(nonce, PLAINTEXT, PLACE);
            key.close();
            key.close();
            assertThatThrownBy(() -> key.encrypt(nonce(algorithm), PLAINTEXT, PLACE))
                    .isInstanceOf(SecretClosedException.class);
            assertThatThrownBy(() -> key.decrypt(nonce, encrypted, PLACE)).isInstanceOf(SecretClosedException.class);
            try (var again = AeadKey.of(algorithm, secret)) {
                assertThat(again.decrypt(nonce, encrypted, PLACE)).isEqualTo(PLAINTEXT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyLivesOnWhenTheSecretItCameFromIsClosed(Algorithm algorithm) {
        try (var key = key(algorithm)) {
            var nonce = nonce(algorithm);
            assertThat(key.decrypt(nonce, key.encrypt(nonce, PLAINTEXT, PLACE), PLACE))
                    .isEqualTo(PLAINTEXT);
            assertThat(key).hasToString("AeadKey[" + algorithm.wireName() + "]");
        }
    }

    @Test
    void wireNamesNameTheirAlgorithmAndNothingElseDoes() {
        for (var algorithm : Algorithm.values()) {
            assertThat(Algorithm.named(algorithm.wireName())).contains(algorithm);
        }
        for (var name : new String[] {"", "aes", "AES256-GCM", "xaes256-gcm ", "XAES_256_GCM"}) {
            assertThat(Algorithm.named(name)).isEmpty();
        }
    }
}
