// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.ConfigException;
import io.coffer.server.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/// What a listener shows: a certificate with its issuers, and the key to it.
final class Identity {
    private static final byte[] CHALLENGE = new byte[32];

    private Identity() {}

    /// Reads the files and makes sure that they belong together: TLS would take any two, and fail at each handshake.
    ///
    /// @throws ConfigException if they cannot be used; it quotes nothing of them
    static PemKeyCertOptions read(Vertx vertx, TlsConfig config) {
        byte[] chain = config.certificate().read();
        byte[] key = config.key().read();
        try {
            PublicKey shown = certificate(config, chain).getPublicKey();
            PemKeyCertOptions identity =
                    new PemKeyCertOptions().addCertValue(Buffer.buffer(chain)).addKeyValue(Buffer.buffer(key));
            if (!belongs(privateKey(vertx, config, identity), shown)) {
                throw config.key()
                        .problem("is not the key of the certificate in "
                                + config.certificate().path());
            }
            return identity;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Certificate certificate(TlsConfig config, byte[] chain) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain))
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> config.certificate().problem("holds no certificate in PEM"));
        } catch (GeneralSecurityException malformed) {
            throw config.certificate().problem("holds no certificate in PEM");
        }
    }

    private static PrivateKey privateKey(Vertx vertx, TlsConfig config, PemKeyCertOptions identity) {
        try {
            return Stream.of(identity.getKeyManagerFactory(vertx).getKeyManagers())
                    .flatMap(manager -> keyOf(manager).stream())
                    .findFirst()
                    .orElseThrow(() -> unusable(config));
        } catch (Exception malformed) {
            throw unusable(config);
        }
    }

    private static Optional<PrivateKey> keyOf(KeyManager manager) {
        return manager instanceof X509KeyManager keys
                ? Stream.of("RSA", "EC", "RSASSA-PSS")
                        .map(type -> keys.getServerAliases(type, null))
                        .filter(aliases -> aliases != null && aliases.length > 0)
                        .map(aliases -> keys.getPrivateKey(aliases[0]))
                        .findFirst()
                : Optional.empty();
    }

    private static ConfigException unusable(TlsConfig config) {
        return config.key().problem("holds no RSA or EC key in PEM that is not encrypted");
    }

    private static boolean belongs(PrivateKey key, PublicKey shown) {
        if (!key.getAlgorithm().equals(shown.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(CHALLENGE);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(CHALLENGE);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherwise) {
            return false;
        }
    }
}
