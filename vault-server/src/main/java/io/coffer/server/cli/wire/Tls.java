// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// How TLS is spoken: TLS 1.2 or 1.3, with the server's name checked against its certificate.
///
/// @param serverName asked for and checked instead of the name in the address
public record Tls(Trust trust, Optional<ClientKey> client, Optional<String> serverName) {
    public static final Tls SYSTEM = new Tls(Trust.SYSTEM, Optional.empty(), Optional.empty());

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// @throws WireException if the server is not who it should be, or speaks no TLS
    Socket over(Socket plain, Address.Tcp address) throws WireException {
        try {
            KeyManager[] keys = client.isPresent() ? client.get().managers() : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.managers(), null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, serverName.orElse(address.name()), address.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            if (!(trust instanceof Trust.Anything)) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (WireException explained) {
            throw explained;
        } catch (SSLException refused) {
            throw new WireException(
                    "no TLS connection to " + address.text() + ": " + reason(refused) + "; " + advice(refused),
                    refused);
        } catch (IOException | GeneralSecurityException broken) {
            throw new WireException("no TLS connection to " + address.text() + ": " + reason(broken), broken);
        }
    }

    /// A server without TLS answers with something else, or hangs up; one with TLS and the wrong
    /// certificate says so.
    private static String advice(SSLException refused) {
        return refused instanceof SSLHandshakeException && !(innermost(refused) instanceof EOFException)
                ? "name its authority with -ca-cert (VAULT_CACERT), the server with -tls-server-name"
                : "a server without TLS needs an address that starts with http://";
    }

    private static String reason(Exception failure) {
        Throwable cause = innermost(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /// The JDK wraps what matters.
    private static Throwable innermost(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
