// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// Signs tokens as others do, by the JDK alone.
public record Signer(KeyPair pair, String algorithm, String keyId) {
    public static Signer of(String algorithm, String keyId) {
        try {
            KeyPairGenerator generator;
            switch (algorithm.substring(0, 2)) {
                case "RS", "PS" -> {
                    generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(2048);
                }
                case "ES" -> {
                    generator = KeyPairGenerator.getInstance("EC");
                    String size = algorithm.equals("ES512") ? "521" : algorithm.substring(2);
                    generator.initialize(new ECGenParameterSpec("secp" + size + "r1"));
                }
                default -> generator = KeyPairGenerator.getInstance("Ed25519");
            }
            return new Signer(generator.generateKeyPair(), algorithm, keyId);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Signer as(String other) {
        return new Signer(pair, other, keyId);
    }

    public String sign(String claims) {
        return sign("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\",\"typ\":\"JWT\"}", claims);
    }

    public String sign(String header, String claims) {
        String signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            String bits = algorithm.equals("EdDSA") ? "" : algorithm.substring(2);
            Signature signature =
                    switch (algorithm.substring(0, 2)) {
                        case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
                        case "PS" -> Signature.getInstance("RSASSA-PSS");
                        case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
                        default -> Signature.getInstance("Ed25519");
                    };
            if (algorithm.startsWith("PS")) {
                String digest = "SHA-" + bits;
                signature.setParameter(new PSSParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), Integer.parseInt(bits) / 8, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
    }

    public String webKey() {
        String named = "{\"kid\":\"" + keyId + "\",\"use\":\"sig\",\"alg\":\"" + algorithm + "\",";
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                named + "\"kty\":\"RSA\",\"n\":\"" + encode(unsigned(rsa.getModulus())) + "\",\"e\":\""
                        + encode(unsigned(rsa.getPublicExponent())) + "\"}";
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                yield named + "\"kty\":\"EC\",\"crv\":\"P-" + bits + "\",\"x\":\""
                        + encode(unsigned(ec.getW().getAffineX())) + "\",\"y\":\""
                        + encode(unsigned(ec.getW().getAffineY())) + "\"}";
            }
            default -> {
                byte[] encoded = pair.getPublic().getEncoded();
                byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
                yield named + "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + encode(x) + "\"}";
            }
        };
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
