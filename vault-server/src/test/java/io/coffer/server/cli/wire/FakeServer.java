// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// An HTTP server that writes down every request and answers what the test says, byte for byte: so it can
/// also answer what no server should. It listens on a port, on a port with TLS, or on a Unix socket.
public final class FakeServer implements AutoCloseable {
    /// @param headers by lower-case name; the last of equal names counts
    public record Seen(String method, String target, Map<String, String> headers, String body) {
        public String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
    }

    /// @param close whether the connection ends after it
    public record Answer(byte[] bytes, boolean close) {
        public static Answer raw(String text) {
            return new Answer(text.getBytes(StandardCharsets.UTF_8), true);
        }

        public static Answer of(int status, String json, String... headers) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some Reason\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            if (status != 204) {
                head.append("Content-Type: application/json\r\nContent-Length: ")
                        .append(body.length)
                        .append("\r\n");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(body);
            return new Answer(all.toByteArray(), false);
        }
    }

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Function<Seen, Answer> answers;
    private final Closeable listener;
    private final String address;
    private Thread acceptor = Thread.currentThread();

    private FakeServer(Function<Seen, Answer> answers, Closeable listener, String address) {
        this.answers = answers;
        this.listener = listener;
        this.address = address;
    }

    public static FakeServer plain(Function<Seen, Answer> answers) throws IOException {
        ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        return started(answers, socket, "http://127.0.0.1:" + socket.getLocalPort());
    }

    public static FakeServer tls(SSLContext context, boolean asksForClient, Function<Seen, Answer> answers)
            throws IOException {
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(asksForClient);
        return started(answers, socket, "https://localhost:" + socket.getLocalPort());
    }

    private static FakeServer started(Function<Seen, Answer> answers, ServerSocket socket, String address) {
        FakeServer server = new FakeServer(answers, socket, address);
        server.accept(() -> {
            Socket client = socket.accept();
            return new Link(client.getInputStream(), client.getOutputStream(), client);
        });
        return server;
    }

    public static FakeServer unix(Path path, Function<Seen, Answer> answers) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        FakeServer server = new FakeServer(answers, channel, "unix://" + path);
        server.accept(() -> {
            SocketChannel client = channel.accept();
            return new Link(Channels.newInputStream(client), Channels.newOutputStream(client), client);
        });
        return server;
    }

    public String address() {
        return address;
    }

    public List<Seen> seen() {
        return seen;
    }

    public Seen last() {
        return seen.get(seen.size() - 1);
    }

    public int connections() {
        return connections.get();
    }

    private interface Acceptor {
        Link accept() throws IOException;
    }

    private void accept(Acceptor acceptor) {
        this.acceptor = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Link link = acceptor.accept();
                    Thread.ofPlatform().daemon().start(() -> serve(link));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    private void serve(Link link) {
        connections.incrementAndGet();
        try (link) {
            InputStream in = link.in();
            OutputStream out = link.out();
            boolean open = true;
            while (open) {
                Seen request = request(in);
                seen.add(request);
                Answer answer = answers.apply(request);
                out.write(answer.bytes());
                out.flush();
                open = !answer.close();
            }
        } catch (IOException gone) {
            // The client has what it wanted, or gave up.
        }
    }

    private static Seen request(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("not a header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Seen(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("end");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join(); // only then is the port closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
