// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// Keys on their way from one vault to another: an RSA key whose public half wraps them.
///
/// A wrapped key is RSA-OAEP (SHA-256, MGF1 with SHA-256, no label) of an AES-256 key made for it, then AES-KWP (RFC
/// 5649) of the key under that: what clients of the transit engine send too.
///
/// Limit: whoever has the public half can wrap a key, so a wrapped key says nothing of where it comes from.
public final class WrappingKey {
    public static final int BITS = 4_096;

    /// What others' keys have at least.
    public static final int LEAST_BITS = 3_072;

    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private WrappingKey() {}

    /// A new one, as PKCS #8. Takes seconds. The caller zeroes it.
    public static byte[] generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    /// The public half, as PEM.
    public static String publicPem(byte[] pkcs8) {
        try {
            if (!(privateKey(pkcs8) instanceof RSAPrivateCrtKey key)) {
                throw new IllegalArgumentException("a wrapping key is one of RSA");
            }
            byte[] encoded = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, lineEnd).encodeToString(encoded) + "\n-----END PUBLIC KEY-----\n";
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    /// The key of a PEM text, if it is one that a key may be wrapped for.
    public static Optional<PublicKey> recipient(String pem) {
        return PublicKeys.fromPem(pem)
                .filter(key ->
                        key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS);
    }

    /// Wraps a key; it stays the caller's.
    public static byte[] wrap(PublicKey recipient, Secret key, SecureRandom random) {
        byte[] once = new byte[Algorithm.KEY_BYTES];
        random.nextBytes(once);
        RawKey wrapping = new RawKey("AES", once);
        byte[] plain = key.copy();
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(Cipher.ENCRYPT_MODE, recipient, OAEP, random);
            byte[] first = rsa.doFinal(once);
            Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
            kwp.init(Cipher.WRAP_MODE, wrapping);
            byte[] second = kwp.wrap(new RawKey("AES", plain));
            return ByteBuffer.allocate(first.length + second.length)
                    .put(first)
                    .put(second)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        } finally {
            wrapping.destroy();
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// What was wrapped for this key.
    ///
    /// @throws AuthenticationFailedException if it was not wrapped for this key, or was changed
    public static Secret unwrap(byte[] pkcs8, byte[] wrapped) {
        int first = BITS / Byte.SIZE;
        if (wrapped.length <= first) {
            throw new AuthenticationFailedException();
        }
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(Cipher.DECRYPT_MODE, privateKey(pkcs8), OAEP);
            RawKey wrapping = new RawKey("AES", rsa.doFinal(wrapped, 0, first));
            try {
                Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
                kwp.init(Cipher.UNWRAP_MODE, wrapping);
                Key key = kwp.unwrap(Arrays.copyOfRange(wrapped, first, wrapped.length), "AES", Cipher.SECRET_KEY);
                return Secret.takeFrom(key.getEncoded());
            } finally {
                wrapping.destroy();
            }
        } catch (InvalidKeyException | javax.crypto.BadPaddingException | javax.crypto.IllegalBlockSizeException bent) {
            throw new AuthenticationFailedException();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("this Java runtime has no RSA or AES key wrapping", cause);
    }
}
