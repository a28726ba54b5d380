// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/// A person with an OpenPGP key, to whom a share or a token is encrypted, so that nobody else ever sees it.
///
/// Encrypts to the newest subkey that is meant for encryption and that the primary key vouches for, now.
public final class PgpRecipient implements ShareRecipient {
    /// The longest key that is read: one with some hundred signatures of others.
    public static final int MAX_KEY_BYTES = 1 << 17;

    /// The longest RSA key: each bit more takes longer to check, and anybody may hand one in.
    private static final int MAX_KEY_BITS = 8192;

    private static final String HELP = "; give the output of `gpg --export KEY` (without --armor) in base64";
    private static final String MALFORMED = "this OpenPGP key is malformed" + HELP;

    private final String fingerprint;
    private final PGPPublicKey encryptionKey;

    private PgpRecipient(String fingerprint, PGPPublicKey encryptionKey) {
        this.fingerprint = fingerprint;
        this.encryptionKey = encryptionKey;
    }

    /// Reads a public key, binary, as `gpg --export` writes it.
    ///
    /// @param now when the key must be valid
    /// @throws PgpKeyException if it is no such key, was revoked or has expired, or has no key for encryption
    public static PgpRecipient parse(byte[] publicKey, Instant now) {
        var certificate = certificate(publicKey);
        var date = Date.from(now);
        try {
            if (certificate.getKeys().stream()
                    .anyMatch(key -> key.getPGPPublicKey().getBitStrength() > MAX_KEY_BITS)) {
                throw new PgpKeyException(
                        "this OpenPGP key has more than " + MAX_KEY_BITS + " bits; give a shorter one");
            }
            var encryptionKey = certificate.getEncryptionKeys(date).stream()
                    .max(Comparator.comparing(OpenPGPComponentKey::getCreationTime)
                            .thenComparing(key -> !key.isPrimaryKey()))
                    .orElseThrow(() -> unusable(certificate, date));
            return new PgpRecipient(
                    HexFormat.of().formatHex(certificate.getFingerprint()), encryptionKey.getPGPPublicKey());
        } catch (PgpKeyException refused) {
            throw refused;
        } catch (RuntimeException malformed) {
            throw new PgpKeyException(MALFORMED, malformed);
        }
    }

    @Override
    public String kind() {
        return "pgp";
    }

    /// The fingerprint of the primary key in lower-case hex.
    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /// A binary OpenPGP message with an integrity packet that only the owner of the key can read. The
    /// plaintext stays the caller's.
    @Override
    public byte[] encrypt(byte[] plaintext, SecureRandom random) {
        var message = new ByteArrayOutputStream();
        var encryptor = new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithIntegrityPacket(true)
                .setSecureRandom(random));
        encryptor.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(encryptionKey).setSecureRandom(random));
        try (var encrypted = encryptor.open(message, new byte[1 << 10]);
                var literal = new PGPLiteralDataGenerator()
                        .open(
                                encrypted,
                                PGPLiteralDataGenerator.BINARY,
                                "",
                                plaintext.length,
                                PGPLiteralDataGenerator.NOW)) {
            literal.write(plaintext);
        } catch (IOException | PGPException failed) {
            throw new IllegalStateException("encrypting to OpenPGP key " + fingerprint + " failed", failed);
        }
        return message.toByteArray();
    }

    @Override
    public String toString() {
        return "PgpRecipient[" + fingerprint + "]";
    }

    private static OpenPGPCertificate certificate(byte[] publicKey) {
        if (publicKey.length == 0 || publicKey.length > MAX_KEY_BYTES) {
            throw new PgpKeyException("an OpenPGP key has 1 to " + MAX_KEY_BYTES + " bytes, not " + publicKey.length);
        }
        if (publicKey[0] >= 0) {
            throw new PgpKeyException("this is not a binary OpenPGP key" + HELP);
        }
        var certificates = certificates(publicKey);
        if (certificates.size() != 1) {
            throw new PgpKeyException("there are " + certificates.size() + " keys where one belongs" + HELP);
        }
        if (certificates.getFirst().isSecretKey()) {
            throw new PgpKeyException("this is a private key, which nobody else should see" + HELP);
        }
        return certificates.getFirst();
    }

    private static List<OpenPGPCertificate> certificates(byte[] publicKey) {
        try {
            return new OpenPGPKeyReader(new BcOpenPGPImplementation()).parseKeysOrCertificates(publicKey);
        } catch (IOException | RuntimeException malformed) {
            throw new PgpKeyException(MALFORMED, malformed);
        }
    }

    /// Why there is no key to encrypt to now: there was one, or there never was.
    private static PgpKeyException unusable(OpenPGPCertificate certificate, Date now) {
        boolean once = certificate.getKeys().stream()
                .anyMatch(key -> key.getRevocation(now) != null
                        || !certificate.getEncryptionKeys(key.getCreationTime()).isEmpty());
        return new PgpKeyException(
                once
                        ? "this OpenPGP key has expired or was revoked; give a valid one"
                        : "this OpenPGP key has no subkey for encryption that is still considered safe; add one with RSA "
                                + "of 2048 bits or more or an elliptic curve, or give another key");
    }
}
