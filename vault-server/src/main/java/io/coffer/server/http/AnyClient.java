// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.vertx.core.http.HttpConnection;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets a client show any certificate, or none. The handshake proves that it holds the key; whose certificates mean
/// something is for the login method `cert` to say, role by role. So nothing else may rely on what is shown.
final class AnyClient extends X509ExtendedTrustManager {
    /// What the peer of a TLS connection has shown, its own first; nothing if it showed none.
    static List<X509Certificate> shown(HttpConnection connection) {
        try {
            return connection.peerCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
        throw noClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        throw noClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        throw noClient();
    }

    /// None is preferred: clients show what they have.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static IllegalStateException noClient() {
        return new IllegalStateException("a listener calls nobody");
    }
}
