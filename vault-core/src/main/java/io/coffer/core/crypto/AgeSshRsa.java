// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// The owner of an SSH key for RSA.
final class AgeSshRsa implements AgeRecipient {
    private static final int LEAST_BITS = 2048;

    /// Each bit more takes longer, and anybody may hand a key in.
    private static final int MOST_BITS = 8192;

    private static final int MOST_EXPONENT_BITS = 31;
    private static final OAEPParameterSpec OAEP = new OAEPParameterSpec(
            "SHA-256",
            "MGF1",
            MGF1ParameterSpec.SHA256,
            new PSource.PSpecified(AgeFile.ascii("age-encryption.org/v1/ssh-rsa")));

    private final SshKey ssh;
    private final PublicKey key;

    /// @throws RecipientException if the key is too short, too long or none
    AgeSshRsa(SshKey ssh, BigInteger exponent, BigInteger modulus) {
        if (modulus.bitLength() < LEAST_BITS || modulus.bitLength() > MOST_BITS) {
            throw new RecipientException("this ssh-rsa key has " + modulus.bitLength() + " bits; give one of "
                    + LEAST_BITS + " to " + MOST_BITS);
        }
        boolean usual = exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS
                && modulus.testBit(0);
        if (!usual) {
            throw new RecipientException("this ssh-rsa key is none that ssh-keygen makes; give another key");
        }
        this.ssh = ssh;
        this.key = key(exponent, modulus);
    }

    @Override
    public String fingerprint() {
        return ssh.fingerprint();
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) {
        try {
            var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, OAEP, random);
            return new Stanza(List.of("ssh-rsa", ssh.tag()), cipher.doFinal(fileKey));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("encrypting to SSH key " + fingerprint() + " failed", failed);
        }
    }

    private static PublicKey key(BigInteger exponent, BigInteger modulus) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException refused) {
            throw new RecipientException(
                    "this ssh-rsa key is none that this Java runtime takes; give another", refused);
        }
    }

    @Override
    public String toString() {
        return "AgeSshRsa[" + fingerprint() + "]";
    }
}
