// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Listens on this machine for the one request with which a browser comes back from somewhere else.
public final class BrowserReturn implements AutoCloseable {
    private static final int LONGEST_LINE = 16_384;
    private static final Duration READING = Duration.ofSeconds(5);
    private static final String BACK = "You can close this window and go back to the command line.\n";

    private final ServerSocket server;

    /// @param port 0 for any
    public BrowserReturn(int port) throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The query of the first request for a path; empty if none came in time. Every other request is told that there
    /// is nothing.
    public Optional<Map<String, String>> await(String path, Duration limit) throws IOException {
        try (Deadline deadline = new Deadline(limit)) {
            deadline.guard(server);
            Optional<Map<String, String>> query = Optional.empty();
            while (query.isEmpty()) {
                try (Socket socket = server.accept()) {
                    query = answered(socket, path);
                } catch (SocketTimeoutException silent) {
                    query = Optional.empty();
                } catch (IOException gone) {
                    if (server.isClosed()) {
                        return Optional.empty();
                    }
                }
            }
            deadline.release();
            return query;
        }
    }

    private static Optional<Map<String, String>> answered(Socket socket, String path) throws IOException {
        socket.setSoTimeout((int) READING.toMillis());
        Optional<Map<String, String>> query = query(line(socket), path);
        String text = query.isPresent() ? BACK : "There is nothing here.\n";
        OutputStream out = socket.getOutputStream();
        out.write(("HTTP/1.1 " + (query.isPresent() ? "200 OK" : "404 Not Found")
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + text.length()
                        + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + text)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return query;
    }

    /// The request line; the headers are read too, so that nothing unread makes the connection break.
    private static String line(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        int read = reader.read();
        while (read >= 0 && head.length() < LONGEST_LINE && head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) read);
            read = head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0 ? reader.read() : -1;
        }
        int end = head.indexOf("\r\n");
        return end < 0 ? "" : head.substring(0, end);
    }

    private static Optional<Map<String, String>> query(String line, String path) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals("GET") || !words[1].startsWith(path + "?")) {
            return Optional.empty();
        }
        Map<String, String> query = new LinkedHashMap<>();
        try {
            for (String pair : words[1].substring(path.length() + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return Optional.of(query);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
