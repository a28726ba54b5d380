// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Which authorities may have signed the vault's certificate. Nothing is read before a TLS connection is
/// opened.
public sealed interface Trust {
    /// The machine's authorities, or the JDK's where the machine has no bundle.
    Trust SYSTEM = new Machine();

    /// Whatever the server shows: no protection against one who sits in between.
    Trust ANYTHING = new Anything();

    TrustManager[] managers() throws WireException;

    record Machine() implements Trust {
        private static final List<String> BUNDLES =
                List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem");

        @Override
        public TrustManager[] managers() throws WireException {
            for (String bundle : BUNDLES) {
                if (Files.isReadable(Path.of(bundle))) {
                    return trusting(Optional.of(Pem.file(bundle).certificates()));
                }
            }
            return trusting(Optional.empty());
        }
    }

    record Authorities(Pem pem) implements Trust {
        @Override
        public TrustManager[] managers() throws WireException {
            return trusting(Optional.of(pem.certificates()));
        }
    }

    /// Every file in the folder that holds a certificate; others are passed over, as anything may lie
    /// beside them.
    record Folder(String path) implements Trust {
        @Override
        public TrustManager[] managers() throws WireException {
            List<Certificate> all = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(path))) {
                for (Path file : files) {
                    if (Files.isRegularFile(file)) {
                        all.addAll(certificates(file));
                    }
                }
            } catch (IOException | DirectoryIteratorException | InvalidPathException unreadable) {
                throw new WireException("cannot read the folder of authorities " + path, unreadable);
            }
            if (all.isEmpty()) {
                throw new WireException("no certificate in the folder " + path);
            }
            return trusting(Optional.of(all));
        }

        private static List<Certificate> certificates(Path file) {
            try {
                return Pem.file(file.toString()).certificates();
            } catch (WireException noCertificate) {
                return List.of();
            }
        }
    }

    record Anything() implements Trust {
        @Override
        public TrustManager[] managers() {
            return new TrustManager[] {new TrustsAnything()};
        }
    }

    /// @param authorities none: the JDK's own
    private static TrustManager[] trusting(Optional<List<Certificate>> authorities) throws WireException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (authorities.isEmpty()) {
                factory.init((KeyStore) null);
                return factory.getTrustManagers();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : authorities.get()) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new WireException("the certificate authorities do not work: " + unusable.getMessage(), unusable);
        }
    }
}
