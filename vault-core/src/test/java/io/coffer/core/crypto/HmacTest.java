// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HmacTest {
    private record Vector(String key, String data, String code) {}

    private static final Vector JEFE = new Vector(
            hex("Jefe"),
            hex("what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    /// RFC 4231, without the truncated one.
    @TestFactory
    Stream<DynamicTest> rfc4231() {
        return Stream.of(
                        new Vector(
                                "0b".repeat(20),
                                hex("Hi There"),
                                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                        JEFE,
                        new Vector(
                                "aa".repeat(20),
                                "dd".repeat(50),
                                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
                        new Vector(
                                "0102030405060708090a0b0c0d0e0f10111213141516171819",
                                "cd".repeat(50),
                                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
                        new Vector(
                                "aa".repeat(131),
                                hex("Test Using Larger Than Block-Size Key - Hash Key First"),
                                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"))
                .map(vector -> dynamicTest(vector.code(), () -> assertVector(vector)));
    }

    private static void assertVector(Vector vector) {
        var data = bytes(vector.data());
        assertThat(Hmac.once(bytes(vector.key()), data)).isEqualTo(bytes(vector.code()));
        try (var secret = Secret.takeFrom(bytes(vector.key()));
                var hmac = Hmac.of(secret)) {
            for (int cut = 0; cut <= data.length; cut++) {
                var head = Arrays.copyOf(data, cut);
                var tail = Arrays.copyOfRange(data, cut, data.length);
                assertThat(hmac.authenticate(head, tail)).as("cut at %d", cut).isEqualTo(bytes(vector.code()));
            }
            assertThat(hmac.verify(bytes(vector.code()), data)).isTrue();
        }
    }

    @Test
    void everyBentOrCutCodeIsRefused() {
        try (var secret = Secret.takeFrom(bytes(JEFE.key()));
                var hmac = Hmac.of(secret)) {
            var code = bytes(JEFE.code());
            for (int i = 0; i < code.length; i++) {
                var bent = code.clone();
                bent[i] ^= 1;
                assertThat(hmac.verify(bent, bytes(JEFE.data()))).isFalse();
                assertThat(hmac.verify(Arrays.copyOf(code, i), bytes(JEFE.data())))
                        .isFalse();
            }
        }
    }

    @Test
    void afterClosingEveryUseIsRefusedAndTheSecretStaysTheCallers() {
        try (var secret = Secret.takeFrom(bytes(JEFE.key()))) {
            var hmac = Hmac.of(secret);
            hmac.authenticate(new byte[1]);
            hmac.close();
            hmac.close();
            assertThatThrownBy(() -> hmac.authenticate(new byte[1])).isInstanceOf(SecretClosedException.class);
            assertThatThrownBy(() -> hmac.verify(new byte[32])).isInstanceOf(SecretClosedException.class);
            assertThat(secret.length()).isEqualTo(secret.copy().length);
            assertThat(hmac).hasToString("Hmac[SHA256]");
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
