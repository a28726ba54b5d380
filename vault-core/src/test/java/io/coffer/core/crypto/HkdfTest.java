// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;

class HkdfTest {
    @Test
    void rfc5869Case1() {
        assertVector(
                "0b".repeat(22),
                "000102030405060708090a0b0c",
                "f0f1f2f3f4f5f6f7f8f9",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void rfc5869Case2WithLongInputs() {
        assertVector(
                counting(0x00, 0x50),
                counting(0x60, 0xb0),
                counting(0xb0, 0x100),
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void rfc5869Case3WithoutSaltAndInfo() {
        assertVector(
                "0b".repeat(22),
                "",
                "",
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    private static void assertVector(String input, String salt, String info, String output) {
        try (var secret = Secret.takeFrom(bytes(input));
                var derived = Hkdf.derive(secret, bytes(salt), bytes(info), output.length() / 2)) {
            assertThat(derived.copy()).isEqualTo(bytes(output));
        }
    }

    @Test
    void theJdkAgreesAtEveryLength() throws Exception {
        long seed = new SecureRandom().nextLong();
        var dice = new Random(seed);
        var jdk = KDF.getInstance("HKDF-SHA256");
        for (int length = 1; length <= Hkdf.MAX_BYTES; length += 1 + length / 20) {
            var input = drawn(dice, 1 + dice.nextInt(100));
            var salt = drawn(dice, dice.nextInt(100));
            var info = drawn(dice, dice.nextInt(100));
            var expected = jdk.deriveData(
                    HKDFParameterSpec.ofExtract().addIKM(input).addSalt(salt).thenExpand(info, length));
            try (var secret = Secret.takeFrom(input);
                    var derived = Hkdf.derive(secret, salt, info, length)) {
                assertThat(derived.copy()).as("seed %d, %d bytes", seed, length).isEqualTo(expected);
            }
        }
    }

    @Test
    void lengthsOutOfBoundsAndClosedInputsAreRefused() {
        var secret = Secret.takeFrom(new byte[] {1});
        for (int length : new int[] {-1, 0, Hkdf.MAX_BYTES + 1}) {
            assertThatThrownBy(() -> Hkdf.derive(secret, new byte[0], new byte[0], length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        secret.close();
        assertThatThrownBy(() -> Hkdf.derive(secret, new byte[0], new byte[0], 32))
                .isInstanceOf(SecretClosedException.class);
    }

    private static byte[] drawn(Random dice, int length) {
        var bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }

    private static String counting(int from, int to) {
        return IntStream.range(from, to).mapToObj("%02x"::formatted).collect(Collectors.joining());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
