// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/// How a JSON web token is signed, by the name in its header: only with a key pair. So a public key is
/// never taken for the secret of a MAC, and there is no `none`.
///
/// Each algorithm takes keys of its own kind alone, so a token cannot choose a weaker way to use a key.
public enum SignatureAlgorithm {
    RS256("SHA256withRSA", "SHA-256", 0),
    RS384("SHA384withRSA", "SHA-384", 0),
    RS512("SHA512withRSA", "SHA-512", 0),
    PS256("RSASSA-PSS", "SHA-256", 32),
    PS384("RSASSA-PSS", "SHA-384", 48),
    PS512("RSASSA-PSS", "SHA-512", 64),
    ES256("SHA256withECDSAinP1363Format", "", 256),
    ES384("SHA384withECDSAinP1363Format", "", 384),
    ES512("SHA512withECDSAinP1363Format", "", 521),
    EdDSA("Ed25519", "", 0);

    private static final int RSA_BITS = 2048;

    private final String name;
    private final String digest;

    /// The length of the salt of RSASSA-PSS, or of the curve's field.
    private final int length;

    SignatureAlgorithm(String name, String digest, int length) {
        this.name = name;
        this.digest = digest;
        this.length = length;
    }

    public static Optional<SignatureAlgorithm> named(String header) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(header))
                .findFirst();
    }

    /// Whether this is a signature of the message by this key. A key of another kind has signed nothing.
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        if (!takes(key)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(name);
            if (name.equals("RSASSA-PSS")) {
                verifier.setParameter(new PSSParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), length, PSSParameterSpec.TRAILER_FIELD_BC));
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private boolean takes(PublicKey key) {
        return switch (this) {
            case RS256, RS384, RS512, PS256, PS384, PS512 ->
                key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS;
            case ES256, ES384, ES512 ->
                key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == length;
            case EdDSA ->
                key instanceof EdECPublicKey edwards
                        && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
        };
    }
}
