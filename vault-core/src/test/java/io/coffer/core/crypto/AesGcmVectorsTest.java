// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AesGcmVectorsTest {
    private static final String ZEROS = "00".repeat(32);
    private static final String KEY = "feffe9928665731c6d6a8f9467308308".repeat(2);
    private static final String TEXT = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    private static final String CIPHER = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

    private record Vector(String key, String nonce, String plaintext, String associatedData, String encrypted) {}

    /// Test cases 13 to 16 of the GCM specification: those with keys of 256 and nonces of 96 bits.
    @TestFactory
    Stream<DynamicTest> theSpecificationsVectors() {
        var zeroNonce = "00".repeat(12);
        var nonce = "cafebabefacedbaddecaf888";
        return Stream.of(
                        new Vector(ZEROS, zeroNonce, "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
                        new Vector(
                                ZEROS,
                                zeroNonce,
                                "00".repeat(16),
                                "",
                                "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"),
                        new Vector(KEY, nonce, TEXT, "", CIPHER + "b094dac5d93471bdec1a502270e3cc6c"),
                        new Vector(
                                KEY,
                                nonce,
                                TEXT.substring(0, 120),
                                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                                CIPHER.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b"))
                .map(vector -> dynamicTest(vector.encrypted(), () -> assertVector(vector)));
    }

    private static void assertVector(Vector vector) {
        try (var secret = Secret.takeFrom(bytes(vector.key()));
                var key = AeadKey.of(Algorithm.AES_256_GCM, secret)) {
            var nonce = bytes(vector.nonce());
            var associatedData = bytes(vector.associatedData());
            var encrypted = key.encrypt(nonce, bytes(vector.plaintext()), associatedData);
            assertThat(encrypted).isEqualTo(bytes(vector.encrypted()));
            assertThat(key.decrypt(nonce, encrypted, associatedData)).isEqualTo(bytes(vector.plaintext()));
        }
    }

    @Test
    void anotherImplementationAgreesAtEveryLength() throws Exception {
        long seed = new SecureRandom().nextLong();
        var dice = new Random(seed);
        for (int length = 0; length < 300; length++) {
            var keyBytes = drawn(dice, 32);
            var nonce = drawn(dice, 12);
            var plaintext = drawn(dice, length);
            var associatedData = drawn(dice, dice.nextInt(100));
            var other = GCMBlockCipher.newInstance(AESEngine.newInstance());
            other.init(true, new AEADParameters(new KeyParameter(keyBytes), 128, nonce, associatedData));
            var expected = new byte[length + 16];
            other.doFinal(expected, other.processBytes(plaintext, 0, length, expected, 0));
            try (var secret = Secret.takeFrom(keyBytes);
                    var key = AeadKey.of(Algorithm.AES_256_GCM, secret)) {
                assertThat(key.encrypt(nonce, plaintext, associatedData))
                        .as("seed %d, %d bytes", seed, length)
                        .isEqualTo(expected);
            }
        }
    }

    private static byte[] drawn(Random dice, int length) {
        var bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
