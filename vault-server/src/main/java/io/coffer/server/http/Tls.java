// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// TLS as we speak it: 1.2 and 1.3, forward secrecy and authenticated encryption only. A client is asked
/// for a certificate and need not have one.
final class Tls {
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private Tls() {}

    /// Reads the files; called again for each reload.
    ///
    /// @throws io.coffer.server.config.ConfigException if they cannot be used
    static ServerSSLOptions options(Vertx vertx, TlsConfig config, long handshakeMillis) {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setKeyCertOptions(Identity.read(vertx, config))
                .setClientAuth(config.asksClients() ? ClientAuth.REQUEST : ClientAuth.NONE)
                .setTrustOptions(TrustOptions.wrap(new AnyClient()));
        options.setEnabledSecureTransportProtocols(protocols(config))
                .setSslHandshakeTimeout(handshakeMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        SUITES.forEach(options::addEnabledCipherSuite);
        return options;
    }

    private static Set<String> protocols(TlsConfig config) {
        Set<String> protocols = new LinkedHashSet<>();
        for (TlsConfig.Version version : TlsConfig.Version.values()) {
            if (version.compareTo(config.lowest()) >= 0 && version.compareTo(config.highest()) <= 0) {
                protocols.add(version.protocol());
            }
        }
        return protocols;
    }
}
