// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.secret.Secret;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ed25519: signs what the vault states, so that anybody can check it with the public key alone.
public final class SigningKey implements AutoCloseable {
    /// The length of the private key and of the public one, in bytes.
    public static final int BYTES = 32;

    public static final int SIGNATURE_BYTES = 64;

    /// What stands before a public key in its general form (RFC 8410).
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Secret seed;
    private final byte[] publicKey = new byte[BYTES];

    /// Keeps a copy of the seed; the seed stays the caller's.
    public SigningKey(Secret seed) {
        if (seed.length() != BYTES) {
            throw new IllegalArgumentException("a key for signing has " + BYTES + " bytes");
        }
        this.seed = seed.duplicate();
        this.seed.use(bytes -> {
            Ed25519.generatePublicKey(bytes, 0, publicKey, 0);
            return true;
        });
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// The same message has always the same signature.
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        return seed.use(bytes -> {
            Ed25519.sign(bytes, 0, message, 0, message.length, signature, 0);
            return signature;
        });
    }

    /// Whether the owner of a public key has signed this message. The JDK looks, since whoever only checks
    /// has no other library at hand.
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        byte[] whole = Arrays.copyOf(SPKI, SPKI.length + BYTES);
        System.arraycopy(publicKey, 0, whole, SPKI.length, BYTES);
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(whole)));
            check.update(message);
            return check.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException malformed) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "SigningKey[Ed25519]";
    }
}
