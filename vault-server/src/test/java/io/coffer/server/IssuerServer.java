// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coffer.core.auth.jwt.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A small identity provider that is asked over HTTP, and a place for files such as key sets and revocation lists.
final class IssuerServer implements AutoCloseable {
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final TestIssuer issuer;
    private final HttpServer server;

    IssuerServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = new TestIssuer(url());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String authorization = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            Optional<byte[]> answer = Optional.ofNullable(files.get(path)).or(() -> issuer.answer(
                            path,
                            authorization,
                            body.isEmpty() ? Optional.empty() : Optional.of(TestIssuer.query(body)))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(
                    answer.isPresent() ? 200 : 400,
                    answer.map(bytes -> bytes.length).orElse(-1));
            if (answer.isPresent()) {
                exchange.getResponseBody().write(answer.get());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
