// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.config.Traffic;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2, which is there over TLS and nowhere else.
@Timeout(120)
final class Http2Test {
    private static final int CANCEL = 8;

    @TempDir
    Path folder;

    private TlsFiles files;

    @BeforeEach
    void files() throws Exception {
        files = TlsFiles.in(folder);
    }

    private Served served(RequestHandler handler, Traffic traffic) throws IOException {
        return new Served(handler, List.of(files.listener(traffic)), RequestLimits.DEFAULT);
    }

    private static HttpRequest put(int port, String path, String body) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header("X-Vault-Token", "t")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void aClientThatOffersItGetsItAndManyRequestsShareAConnection() throws Exception {
        try (Served served = served(Served::describe, Traffic.DEFAULT);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(files.client())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            HttpResponse<String> first =
                    client.send(put(served.port(), "/v1/first", "x"), HttpResponse.BodyHandlers.ofString());
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            for (int wave = 0; wave < 5; wave++) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < Edge.STREAMS; i++) {
                    answers.add(client.sendAsync(
                            put(served.port(), "/v1/n/" + i, "b" + i + "x".repeat(i * 100)),
                            HttpResponse.BodyHandlers.ofString()));
                }
                for (int i = 0; i < Edge.STREAMS; i++) {
                    HttpResponse<String> answer = answers.get(i).join();
                    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                    assertThat(answer.body())
                            .contains("\"n/" + i + "\"")
                            .contains("\"b" + i + "x".repeat(i * 100) + "\"");
                }
            }
            assertThat(served.admission.openConnections()).isEqualTo(1);
            assertThat(served.admission.requestsInFlight()).isZero();
        }
    }

    @Test
    void aClientThatDoesNotOfferItGetsHttp1() throws Exception {
        try (Served served = served(Served::describe, Traffic.DEFAULT)) {
            for (String[] offered : new String[][] {{}, {"http/1.1"}, {"http/1.0", "x"}}) {
                SSLSocket socket = files.connect(served.port());
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(offered);
                socket.setSSLParameters(parameters);
                try (Raw raw = Raw.over(socket)) {
                    raw.send("GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n");
                    assertThat(raw.answer().status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void withoutTlsItIsNotSpoken() throws Exception {
        try (Served served = Served.echo()) {
            try (Raw raw = served.connect()) {
                raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
                raw.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
                assertThat(new String(raw.rest(), StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 400");
            }
            assertThat(served.ask("GET /v1/a HTTP/1.1\r\nHost: x").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestIsHeldToTheSameRules() throws Exception {
        try (Served served = served(Served::describe, Served.impatient(1000));
                RawHttp2 client = RawHttp2.over(files.connect(served.port()))) {
            int stream = 1;
            for (String path : List.of("/v1/a/../b", "/v1/%2e%2e", "/v1/a//b", "/v1/%00", "/v1/%e2%80%a8", "/v1/%ff")) {
                client.get(stream, path);
                assertThat(client.next(RawHttp2.HEADERS).status()).as(path).isEqualTo(400);
                stream += 2;
            }
            client.request(
                    stream,
                    false,
                    ":method",
                    "PUT",
                    ":scheme",
                    "https",
                    ":authority",
                    "localhost",
                    ":path",
                    "/v1/a",
                    "content-length",
                    "1001");
            assertThat(client.next(RawHttp2.HEADERS).status()).isEqualTo(413);
            client.request(
                    stream + 2,
                    false,
                    ":method",
                    "PUT",
                    ":scheme",
                    "https",
                    ":authority",
                    "localhost",
                    ":path",
                    "/v1/a");
            client.frame(RawHttp2.DATA, 0, stream + 2, new byte[1001]);
            assertThat(client.next(RawHttp2.HEADERS).status()).isEqualTo(413);
            client.get(stream + 4, "/v1/good");
            assertThat(client.next(RawHttp2.HEADERS).status()).isEqualTo(200);
        }
    }

    @Test
    void whoDoesNotTakeOneAnswerLosesThatStreamAndKeepsTheOthers() throws Exception {
        byte[] large = ("\"" + "x".repeat(1 << 20) + "\"").getBytes(StandardCharsets.US_ASCII);
        RequestHandler handler = incoming -> incoming.path().value().equals("large")
                ? Served.reply(incoming, new Response.Ok(new Json.Raw(large)), Shape.RAW)
                : Served.describe(incoming);
        try (Served served = served(handler, Served.impatient(1000));
                RawHttp2 client = RawHttp2.over(files.connect(served.port()))) {
            // Room on the connection for others; on the stream there is what a stream begins with.
            client.frame(RawHttp2.WINDOW, 0, 0, new byte[] {0x10, 0, 0, 0});
            client.get(1, "/v1/large");
            RawHttp2.Frame reset = client.next(RawHttp2.RESET);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.error()).isEqualTo(CANCEL);
            client.get(3, "/v1/small");
            assertThat(client.next(RawHttp2.HEADERS).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoHttp2EndsItsConnectionAndNoOther() throws Exception {
        String[] noPath = {":method", "GET", ":scheme", "https", ":authority", "localhost"};
        byte[][] blocks = {
            RawHttp2.literals(noPath),
            RawHttp2.literals(":path", "/v1/a"),
            RawHttp2.literals(":method", "GET", ":method", "PUT", ":scheme", "https", ":path", "/v1/a"),
            RawHttp2.literals(":method", "GET", ":scheme", "https", ":path", "/v1/a", "UPPER", "x"),
            RawHttp2.literals(":method", "GET", ":scheme", "https", ":path", "/v1/a", "x", "a\r\nb: c"),
            RawHttp2.literals(":method", "GET", ":scheme", "https", ":path", "/v1/a", "x", "y".repeat(70_000)),
            {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
            {0x40}
        };
        try (Served served = served(Served::describe, Served.impatient(1000));
                RawHttp2 good = RawHttp2.over(files.connect(served.port()))) {
            for (int i = 0; i < blocks.length; i++) {
                try (RawHttp2 bad = RawHttp2.over(files.connect(served.port()))) {
                    assertThat(refused(bad, blocks[i])).as("block %d", i).isTrue();
                }
            }
            good.get(1, "/v1/a");
            assertThat(good.next(RawHttp2.HEADERS).status()).isEqualTo(200);
            await().until(() -> served.admission.requestsInFlight() == 0);
            assertThat(served.counts.answers(5)).isZero();
        }
    }

    private static void send(RawHttp2 client, byte[] block) throws IOException {
        int most = 16_000;
        for (int at = 0; at < block.length; at += most) {
            byte[] part = java.util.Arrays.copyOfRange(block, at, Math.min(block.length, at + most));
            boolean last = at + most >= block.length;
            client.frame(at == 0 ? RawHttp2.HEADERS : 9, (at == 0 ? 1 : 0) | (last ? 4 : 0), 1, part);
        }
    }

    /// Whether the request was refused, by whatever means there are.
    private static boolean refused(RawHttp2 client, byte[] block) throws IOException {
        try {
            send(client, block);
            RawHttp2.Frame frame = client.next(RawHttp2.HEADERS, RawHttp2.RESET, RawHttp2.GO_AWAY);
            return frame.type() != RawHttp2.HEADERS || frame.status() / 100 == 4;
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    @Test
    void whoOpensAndCancelsWithoutEndIsCutOffAndCostsNobodyElse() throws Exception {
        try (Served served = served(Served::describe, Traffic.DEFAULT);
                RawHttp2 flood = RawHttp2.over(files.connect(served.port()))) {
            assertThatThrownBy(() -> {
                        for (int stream = 1; ; stream += 2) {
                            flood.get(stream, "/v1/a");
                            flood.reset(stream);
                        }
                    })
                    .isInstanceOf(IOException.class);
            await().until(() -> served.admission.requestsInFlight() == 0);
            try (RawHttp2 other = RawHttp2.over(files.connect(served.port()))) {
                other.get(1, "/v1/a");
                assertThat(other.next(RawHttp2.HEADERS).status()).isEqualTo(200);
            }
        }
    }
}
