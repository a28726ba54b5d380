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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// All connections on one thread, so that as much of the machine as can be is left to what is measured.
final class NioLoad implements Load {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int STUCK_MILLIS = 10_000;
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "one thread over NIO";
    }

    @Override
    public Load withTls(Certificate certificate) {
        return new TlsLoad(certificate.trusted());
    }

    @Override
    public double rate(int port, Requests requests, int connections, Duration time) throws IOException {
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                all.add(new Connection(port, requests, i, selector));
            }
            for (Connection connection : all) {
                connection.send();
            }
            run(selector, System.nanoTime() + time.toNanos() / 5, true);
            long began = System.nanoTime();
            long answers = run(selector, began + time.toNanos(), true);
            double rate = answers * 1e9 / (System.nanoTime() - began);
            for (long last = 0; last < connections; ) {
                last += run(selector, System.nanoTime(), false);
            }
            return rate;
        } finally {
            for (Connection connection : all) {
                connection.channel.close();
            }
        }
    }

    /// Sends so many requests and no more.
    ///
    /// @return answers a second
    double all(int port, Requests requests, int count, int connections) throws IOException {
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < Math.min(connections, count); i++) {
                all.add(new Connection(port, requests, i, selector));
            }
            long began = System.nanoTime();
            for (Connection connection : all) {
                connection.send();
            }
            for (int sent = all.size(), answers = 0; answers < count; ) {
                if (selector.select(STUCK_MILLIS) == 0) {
                    throw stuck();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (((Connection) key.attachment()).read(sent < count)) {
                        answers++;
                        sent++;
                    }
                }
                selector.selectedKeys().clear();
            }
            return count * 1e9 / (System.nanoTime() - began);
        } finally {
            for (Connection connection : all) {
                connection.channel.close();
            }
        }
    }

    private static IOException stuck() {
        return new IOException("no answer for " + STUCK_MILLIS + " ms");
    }

    /// @param more whether each answer is followed by a request
    private static long run(Selector selector, long end, boolean more) throws IOException {
        long answers = 0;
        do {
            if (selector.select(STUCK_MILLIS) == 0) {
                throw stuck();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                answers += ((Connection) key.attachment()).read(more) ? 1 : 0;
            }
            selector.selectedKeys().clear();
        } while (System.nanoTime() < end);
        return answers;
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final Requests requests;
        private final SplittableRandom dice;
        private final byte[] bytes = new byte[BUFFER_BYTES];
        private final ByteBuffer received = ByteBuffer.wrap(bytes);

        Connection(int port, Requests requests, int number, Selector selector) throws IOException {
            this.requests = requests;
            this.dice = new SplittableRandom(System.nanoTime() + number);
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            ByteBuffer request = ByteBuffer.wrap(requests.next(dice));
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /// Whether an answer is there as a whole; then the next request is on its way, if there is to be more.
        boolean read(boolean more) throws IOException {
            if (channel.read(received) < 0) {
                throw new IOException("the server closed a connection");
            }
            if (!whole()) {
                return false;
            }
            received.clear();
            if (more) {
                send();
            }
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
