// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// An open connection: bytes in, bytes out, and what closes it also while another thread reads.
record Link(InputStream in, OutputStream out, Closeable raw) implements Closeable {

    /// @throws WireException if nobody answers there, or not who was asked for
    static Link open(Address address, Tls tls, Deadline deadline) throws WireException {
        if (address instanceof Address.Tcp tcp) {
            Socket socket = connect(tcp, deadline);
            try {
                if (tcp.tls()) {
                    Socket secured = tls.over(socket, tcp);
                    return new Link(secured.getInputStream(), secured.getOutputStream(), socket);
                }
                return new Link(socket.getInputStream(), socket.getOutputStream(), socket);
            } catch (WireException explained) {
                Deadline.closeQuietly(socket);
                throw explained;
            } catch (IOException broken) {
                Deadline.closeQuietly(socket);
                throw unreachable(address, broken);
            }
        }
        return unix((Address.Unix) address, deadline);
    }

    private static Socket connect(Address.Tcp address, Deadline deadline) throws WireException {
        IOException last = null;
        for (InetAddress candidate : lookUp(address)) {
            Socket socket = new Socket();
            deadline.guard(socket);
            try {
                socket.connect(new InetSocketAddress(candidate, address.port()), (int) Math.max(
                        1, Math.min(Integer.MAX_VALUE, deadline.remaining().toMillis())));
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException refused) {
                Deadline.closeQuietly(socket);
                last = refused;
            }
        }
        throw unreachable(address, last == null ? new UnknownHostException() : last);
    }

    private static InetAddress[] lookUp(Address.Tcp address) throws WireException {
        try {
            return InetAddress.getAllByName(address.name());
        } catch (UnknownHostException unknown) {
            throw new WireException("no host named " + address.name() + "; check -address or VAULT_ADDR", unknown);
        }
    }

    private static Link unix(Address.Unix address, Deadline deadline) throws WireException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            deadline.guard(channel);
            try {
                channel.connect(UnixDomainSocketAddress.of(address.path()));
                return new Link(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
            } catch (IOException refused) {
                Deadline.closeQuietly(channel);
                throw refused;
            }
        } catch (IOException | IllegalArgumentException refused) {
            throw unreachable(address, refused);
        }
    }

    private static WireException unreachable(Address address, Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new WireException(
                "cannot reach " + address.text() + ": " + why
                        + "; is the vault running, and is -address or VAULT_ADDR right?",
                cause);
    }

    @Override
    public void close() {
        Deadline.closeQuietly(raw);
    }
}
