// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.cli.wire.TestCertificates;
import io.coffer.server.config.FileReference;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.TlsConfig;
import io.coffer.server.config.Traffic;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The files of a listener with TLS, and clients that trust who signed its certificate.
record TlsFiles(TestCertificates authority, Path certificate, Path key) {
    static TlsFiles in(Path folder) throws Exception {
        TestCertificates authority = TestCertificates.authority("authority");
        TlsFiles files = new TlsFiles(authority, folder.resolve("cert.pem"), folder.resolve("key.pem"));
        files.show(authority.sign("localhost"));
        return files;
    }

    /// From the next reload on.
    void show(TestCertificates shown) throws Exception {
        shown.certificateFile(certificate.getParent(), certificate.getFileName().toString());
        shown.keyFile(key.getParent(), key.getFileName().toString());
    }

    TlsConfig config() {
        return new TlsConfig(
                new FileReference(certificate, "coffer.hcl:4: tls_cert_file"),
                new FileReference(key, "coffer.hcl:5: tls_key_file"));
    }

    ListenerConfig listener(Traffic traffic) {
        return new ListenerConfig.Tcp(new HostPort("127.0.0.1", 0), Optional.of(config()), false, traffic);
    }

    SSLContext client() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// Connected, before the handshake.
    SSLSocket connect(int port) throws Exception {
        return (SSLSocket) client().getSocketFactory().createSocket("127.0.0.1", port);
    }

    static X509Certificate shownTo(SSLSocket socket) throws Exception {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
}
