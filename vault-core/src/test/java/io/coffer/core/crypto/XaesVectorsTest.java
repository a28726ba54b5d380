// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The vectors of C2SP's XAES-256-GCM.
class XaesVectorsTest {
    private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
    private static final byte[] PLAINTEXT = ascii("XAES-256-GCM");

    private record Vector(
            int keyByte, String l, String k1, String derivedKey, byte[] associatedData, String ciphertext) {
        byte[] key() {
            var key = new byte[Algorithm.KEY_BYTES];
            Arrays.fill(key, (byte) keyByte);
            return key;
        }
    }

    private static final Vector ONE = new Vector(
            1,
            "7298caa565031eadc6ce23d23ea66378",
            "e531954aca063d5b8d9c47a47d4cc6f0",
            "c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b",
            new byte[0],
            "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");

    private static final Vector TWO = new Vector(
            3,
            "91c08762876dccf9ba204a33768fa5fe",
            "23810ec50edb99f374409466ed1f4b7b",
            "e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8",
            ascii("c2sp.org/XAES-256-GCM"),
            "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");

    @Test
    void vectorOneStepByStep() throws GeneralSecurityException {
        assertSteps(ONE);
    }

    @Test
    void vectorTwoStepByStep() throws GeneralSecurityException {
        assertSteps(TWO);
    }

    private static void assertSteps(Vector vector) throws GeneralSecurityException {
        var aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(vector.key(), "AES"));
        assertThat(hex(aes.doFinal(new byte[16]))).isEqualTo(vector.l());
        var tool = new GcmTool.Extended(vector.key());
        assertThat(hex(tool.subkey())).isEqualTo(vector.k1());
        assertThat(hex(tool.derive(NONCE, 0))).isEqualTo(vector.derivedKey());

        try (var secret = Secret.takeFrom(vector.key());
                var key = AeadKey.of(Algorithm.XAES_256_GCM, secret)) {
            var encrypted = key.encrypt(NONCE, PLAINTEXT, vector.associatedData());
            assertThat(hex(encrypted)).isEqualTo(vector.ciphertext());
            assertThat(key.decrypt(NONCE, encrypted, vector.associatedData())).isEqualTo(PLAINTEXT);
        }
    }

    /// The derived key under plain AES-256-GCM with the second half of the nonce is the same thing.
    @Test
    void itIsPlainGcmUnderTheDerivedKey() {
        try (var secret = Secret.takeFrom(HexFormat.of().parseHex(TWO.derivedKey()));
                var key = AeadKey.of(Algorithm.AES_256_GCM, secret)) {
            var nonce = HexFormat.of().parseHex("4d4e4f505152535455565758");
            assertThat(hex(key.encrypt(nonce, PLAINTEXT, TWO.associatedData()))).isEqualTo(TWO.ciphertext());
        }
    }

    @Test
    void tenThousandAccumulatedIterations() {
        assertThat(accumulated(10_000)).isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    @EnabledIfSystemProperty(named = "coffer.test.long", matches = "true")
    void aMillionAccumulatedIterations() {
        assertThat(accumulated(1_000_000))
                .isEqualTo("2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15");
    }

    private static String accumulated(int iterations) {
        var source = new SHAKEDigest(128);
        var sum = new SHAKEDigest(128);
        for (int i = 0; i < iterations; i++) {
            var key = read(source, 32);
            var nonce = read(source, 24);
            var plaintext = read(source, read(source, 1)[0] & 0xff);
            var associatedData = read(source, read(source, 1)[0] & 0xff);
            try (var secret = Secret.takeFrom(key);
                    var aead = AeadKey.of(Algorithm.XAES_256_GCM, secret)) {
                var encrypted = aead.encrypt(nonce, plaintext, associatedData);
                assertThat(aead.decrypt(nonce, encrypted, associatedData)).isEqualTo(plaintext);
                sum.update(encrypted, 0, encrypted.length);
            }
        }
        return hex(read(sum, 32));
    }

    private static byte[] read(SHAKEDigest stream, int length) {
        var bytes = new byte[length];
        stream.doOutput(bytes, 0, length);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
