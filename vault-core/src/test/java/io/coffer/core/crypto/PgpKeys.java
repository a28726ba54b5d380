// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;

/// The keys in the test resources, and their owners' side of it.
public final class PgpKeys {
    /// Those that can be encrypted to.
    static final List<String> VALID = List.of(
            "cv25519", "nistp256", "nistp384", "nistp521", "rsa2048", "rsa3072", "rsa-without-subkey", "renewed");

    /// When the keys are used: all that expire have, and no other.
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private PgpKeys() {}

    public static byte[] publicKey(String name) {
        return read(name + ".pub");
    }

    static byte[] privateKey(String name) {
        return read(name + ".sec");
    }

    private static byte[] read(String file) {
        try (var in = PgpKeys.class.getResourceAsStream("/openpgp/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the owner of the key reads; fails if the integrity packet is missing or does not match.
    public static byte[] decrypt(String name, byte[] message) throws PGPException, IOException {
        var packets = (PGPEncryptedDataList) new BcPGPObjectFactory(message).nextObject();
        if (packets.size() != 1) {
            throw new PGPException(packets.size() + " recipients");
        }
        var encrypted = (PGPPublicKeyEncryptedData) packets.get(0);
        var secretKey = new PGPSecretKeyRing(privateKey(name), new BcKeyFingerprintCalculator())
                .getSecretKey(encrypted.getKeyIdentifier());
        var key = secretKey.extractKeyPair(
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(new char[0]));
        byte[] inner;
        try (var stream = encrypted.getDataStream(new BcPublicKeyDataDecryptorFactory(key))) {
            inner = stream.readAllBytes();
        }
        if (!encrypted.isIntegrityProtected() || !encrypted.verify()) {
            throw new PGPException("no integrity");
        }
        var literal = (PGPLiteralData) new BcPGPObjectFactory(new ByteArrayInputStream(inner)).nextObject();
        return literal.getInputStream().readAllBytes();
    }
}
