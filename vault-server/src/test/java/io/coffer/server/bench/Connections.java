// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Connections to one port, all driven by the thread that runs them. What is answered otherwise than 200 or 204 is
/// thrown as an {@link IOException}.
final class Connections implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int STUCK_MILLIS = 10_000;
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<Connection> all = new ArrayList<>();

    Connections(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            all.add(new Connection(port, selector));
        }
    }

    /// Sends one request on each and the next whenever one is answered, until there is no more to send; then waits for
    /// the answers.
    ///
    /// @param requests the next one, as bytes
    /// @param more asked after each answer whether another is to be sent
    /// @return the answers
    long run(Supplier<byte[]> requests, BooleanSupplier more) throws IOException {
        long answers = 0;
        long pending = all.size();
        for (Connection connection : all) {
            connection.send(requests.get());
        }
        while (pending > 0) {
            if (selector.select(STUCK_MILLIS) == 0) {
                throw new IOException("no answer for " + STUCK_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (connection.answered()) {
                    answers++;
                    if (more.getAsBoolean()) {
                        connection.send(requests.get());
                    } else {
                        pending--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : all) {
            connection.channel.close();
        }
        selector.close();
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final byte[] bytes = new byte[BUFFER_BYTES];
        private final ByteBuffer received = ByteBuffer.wrap(bytes);

        Connection(int port, Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(byte[] request) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(request);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        /// Whether an answer is there as a whole.
        boolean answered() throws IOException {
            if (channel.read(received) < 0) {
                throw new IOException("the server closed a connection");
            }
            if (!whole()) {
                return false;
            }
            received.clear();
            return true;
        }

        private boolean whole() throws IOException {
            int count = received.position();
            int head = endOfHead(count);
            if (head < 0) {
                return false;
            }
            if (bytes[9] != '2' || bytes[10] != '0' || (bytes[11] != '0' && bytes[11] != '4')) {
                throw new IOException(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
            return count == head + contentLength(head);
        }

        private int endOfHead(int count) {
            for (int i = 3; i < count; i++) {
                if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int contentLength(int head) {
            for (int i = 12; i < head - LENGTH.length; i++) {
                if (isLength(i)) {
                    int length = 0;
                    for (int at = i + LENGTH.length; bytes[at] != '\r'; at++) {
                        length = 10 * length + bytes[at] - '0';
                    }
                    return length;
                }
            }
            return 0;
        }

        private boolean isLength(int from) {
            for (int i = 0; i < LENGTH.length; i++) {
                byte b = bytes[from + i];
                if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != LENGTH[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
