// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Makes TLS connections that come about only with whom they were meant for: the handshake itself compares
/// the certificate with the host's name, also where a plain connection becomes a TLS one (there the LDAP
/// library does not), and takes no version below the lowest.
final class LdapSockets extends SSLSocketFactory {
    private final SSLSocketFactory inner;
    private final String lowest;

    /// @param lowest `TLSv1.2` or `TLSv1.3`
    LdapSockets(SSLSocketFactory inner, String lowest) {
        this.inner = inner;
        this.lowest = lowest;
    }

    private Socket strict(Socket made) {
        if (made instanceof SSLSocket socket) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("LDAPS");
            parameters.setProtocols(
                    lowest.equals("TLSv1.3") ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.2", "TLSv1.3"});
            socket.setSSLParameters(parameters);
            return socket;
        }
        throw new IllegalStateException("a TLS context made a socket without TLS");
    }

    @Override
    public Socket createSocket() throws IOException {
        return strict(inner.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close) throws IOException {
        return strict(inner.createSocket(plain, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(inner.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(inner.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return inner.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return inner.getSupportedCipherSuites();
    }
}
