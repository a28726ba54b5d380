// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// The certificate and key by which the client proves who it is.
public record ClientKey(Pem certificate, Pem key) {
    KeyManager[] managers() throws WireException {
        List<Certificate> chain = certificate.certificates();
        PrivateKey secret = PrivateKeyPem.parse(key.bytes(), key.name());
        char[] none = new char[0];
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("client", secret, none, chain.toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new WireException("the client certificate and key do not work: " + unusable.getMessage(), unusable);
        }
    }
}
