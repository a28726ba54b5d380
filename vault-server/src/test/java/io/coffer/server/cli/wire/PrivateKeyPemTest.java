// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {
    private static PrivateKey parse(String label, byte[] der) throws WireException {
        return PrivateKeyPem.parse(TestCertificates.pem(label, der).getBytes(StandardCharsets.US_ASCII), "key.pem");
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }

    @Test
    void rsaKeysAreReadInBothForms() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] pkcs1 = PrivateKeyInfo.getInstance(key.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        assertThat(parse("PRIVATE KEY", key.getEncoded())).isEqualTo(key);
        assertThat(parse("RSA PRIVATE KEY", pkcs1)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void ellipticCurveKeysAreReadInBothForms(String curve) throws Exception {
        KeyPair keys = pair("EC", new ECGenParameterSpec(curve));
        assertThat(parse("PRIVATE KEY", keys.getPrivate().getEncoded())).isEqualTo(keys.getPrivate());
        assertThat(((java.security.interfaces.ECPrivateKey) parse("EC PRIVATE KEY", sec1(keys, curve))).getS())
                .isEqualTo(((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS());
    }

    /// As `openssl ecparam -genkey` wrote it.
    private static byte[] sec1(KeyPair keys, String curve) throws Exception {
        X9ECParameters parameters = ECNamedCurveTable.getByName(curve);
        var bits = org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(
                        keys.getPublic().getEncoded())
                .getPublicKeyData();
        return new ECPrivateKey(
                        parameters.getN().bitLength(),
                        ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS(),
                        bits,
                        ECNamedCurveTable.getOID(curve))
                .getEncoded();
    }

    @Test
    void edwardsCurveKeysAreRead() throws Exception {
        PrivateKey key =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        assertThat(parse("PRIVATE KEY", key.getEncoded())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE"})
    void whatIsNoKeyIsRefusedWithTheFilesName(String label) {
        for (byte[] der : new byte[][] {{}, {0x30}, {0x30, 3, 2, 1, 0}, new byte[300], {0x30, (byte) 0x82, 9, 9}}) {
            assertThatThrownBy(() -> parse(label, der))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("key.pem");
        }
    }

    @Test
    void aKeyThatIsCutOffIsRefused() throws Exception {
        KeyPair keys = TestCertificates.pair();
        String whole = TestCertificates.pem("EC PRIVATE KEY", sec1(keys, "secp256r1"));
        for (int length = 0; length < whole.length() - 1; length++) {
            byte[] part = whole.substring(0, length).getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> PrivateKeyPem.parse(part, "key.pem")).isInstanceOf(WireException.class);
        }
    }

    @Test
    void anEncryptedKeyIsRefusedWithAdvice() {
        assertThatThrownBy(() -> parse("ENCRYPTED PRIVATE KEY", new byte[8])).hasMessageContaining("decrypt it first");
    }
}
