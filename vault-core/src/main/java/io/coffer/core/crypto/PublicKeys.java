// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads public keys and certificates in the forms in which others hand them out. What is malformed is nothing.
public final class PublicKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE|X509 CRL)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_BYTES = 32;

    private PublicKeys() {}

    /// The one key of a PEM text: a public key, or that of a certificate.
    public static Optional<PublicKey> fromPem(String pem) {
        Optional<PublicKey> key = blocks(pem, "PUBLIC KEY").stream()
                .findFirst()
                .flatMap(encoded -> List.of("RSA", "EC", "Ed25519").stream()
                        .flatMap(kind -> made(kind, encoded).stream())
                        .findFirst());
        return key.or(() -> certificates(pem).stream().findFirst().map(X509Certificate::getPublicKey));
    }

    /// The certificates of a PEM text, in their order; none if one of them is malformed.
    public static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] encoded : blocks(pem, "CERTIFICATE")) {
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
            return all;
        } catch (GeneralSecurityException malformed) {
            return List.of();
        }
    }

    /// What stands between the lines of this kind.
    public static List<byte[]> blocks(String pem, String kind) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = PEM.matcher(pem);
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                try {
                    blocks.add(Base64.getMimeDecoder().decode(matcher.group(2).getBytes(StandardCharsets.US_ASCII)));
                } catch (IllegalArgumentException malformed) {
                    return List.of();
                }
            }
        }
        return blocks;
    }

    public static Optional<PublicKey> rsa(byte[] modulus, byte[] exponent) {
        try {
            return Optional.of(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(new BigInteger(1, modulus), new BigInteger(1, exponent))));
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    /// @param curve as `P-256`
    public static Optional<PublicKey> ec(String curve, byte[] x, byte[] y) {
        String name = CURVES.get(curve);
        if (name == null) {
            return Optional.empty();
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
            return Optional.of(KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class))));
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    public static Optional<PublicKey> ed25519(byte[] x) {
        if (x.length != ED25519_BYTES) {
            return Optional.empty();
        }
        byte[] encoded = new byte[ED25519.length + x.length];
        System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
        System.arraycopy(x, 0, encoded, ED25519.length, x.length);
        return made("Ed25519", encoded);
    }

    private static Optional<PublicKey> made(String kind, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException other) {
            return Optional.empty();
        }
    }
}
