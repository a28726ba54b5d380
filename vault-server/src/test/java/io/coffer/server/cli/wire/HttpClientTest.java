// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.cli.wire.FakeServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpClientTest {
    static final WireLimits QUICK = new WireLimits(1 << 16, 1 << 20, Duration.ofSeconds(30), 2, Duration.ofMillis(1));

    static HttpCall call(String method, String body) {
        return new HttpCall(
                method,
                "/v1/a%20b?x=1",
                new Headers().add("X-Vault-Token", "tok"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpClient client(String address) {
        return new HttpClient(Address.parse(address), Tls.SYSTEM, QUICK, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "LIST", "PUT", "POST", "PATCH", "DELETE", "SCAN"})
    void anyMethodReachesTheServerAsItIs(String method) throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(200, "{}"));
                HttpClient client = client(server.address() + "/prefix/")) {
            HttpAnswer answer = client.send(call(method, "{\"a\":\"ü\"}"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.url()).isEqualTo(server.address() + "/prefix/v1/a%20b?x=1");
            assertThat(server.last().method()).isEqualTo(method);
            assertThat(server.last().target()).isEqualTo("/prefix/v1/a%20b?x=1");
            assertThat(server.last().headers())
                    .containsEntry("x-vault-token", "tok")
                    .containsEntry("host", server.address().substring("http://".length()));
            assertThat(server.last().body()).isEqualTo("{\"a\":\"ü\"}");
        }
    }

    @Test
    void aCallWithoutABodySaysSoWhereTheServerExpectsOne() throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(204, ""));
                HttpClient client = client(server.address())) {
            client.send(call("PUT", ""));
            assertThat(server.last().headers()).containsEntry("content-length", "0");
            client.send(call("GET", ""));
            assertThat(server.last().headers()).doesNotContainKey("content-length");
            assertThat(server.connections()).as("the connection is kept").isEqualTo(1);
        }
    }

    @Test
    void aUnixSocketIsAnAddressLikeAnyOther(@TempDir Path folder) throws Exception {
        try (FakeServer server = FakeServer.unix(folder.resolve("s"), seen -> Answer.of(200, "{\"ok\":true}"));
                HttpClient client = client(server.address())) {
            assertThat(client.send(call("PATCH", "{}")).body()).asString().isEqualTo("{\"ok\":true}");
            assertThat(server.last().headers()).containsEntry("host", "localhost");
        }
    }

    @Test
    void aUnixSocketThatIsNotThereIsToldWithItsName() {
        try (HttpClient client = client("unix:///nowhere/at/all")) {
            assertThatThrownBy(() -> client.send(call("GET", "")))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("unix:///nowhere/at/all");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 412, 429})
    void aPassingFailureIsTriedTwiceMore(int status) throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(count.incrementAndGet() < 3 ? status : 200, "{}"));
                HttpClient client = client(server.address())) {
            assertThat(client.send(call("PUT", "{}")).status()).isEqualTo(200);
            assertThat(server.seen()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 501})
    void aLastingFailureIsNotTriedAgain(int status) throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(status, "{}"));
                HttpClient client = client(server.address())) {
            assertThat(client.send(call("PUT", "{}")).status()).isEqualTo(status);
            assertThat(server.seen()).hasSize(1);
        }
    }

    @Test
    void afterTheLastTryTheFailureItselfComesBack() throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(503, "{\"errors\":[\"Vault is sealed\"]}"));
                HttpClient client = client(server.address())) {
            assertThat(client.send(call("GET", "")).status()).isEqualTo(503);
            assertThat(server.seen()).hasSize(3);
        }
    }

    @Test
    void nobodyListeningIsToldWithTheAddress() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (HttpClient client = client("http://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> client.send(call("GET", "")))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("http://127.0.0.1:" + port)
                    .hasMessageContaining("VAULT_ADDR");
        }
    }

    @Test
    void anUnknownHostIsToldByName() {
        try (HttpClient client = client("http://nowhere.invalid:1")) {
            assertThatThrownBy(() -> client.send(call("GET", "")))
                    .hasMessageContaining("no host named nowhere.invalid");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = FakeServer.plain(seen -> {
                    await(never);
                    return Answer.of(200, "{}");
                });
                HttpClient client = timed(server.address())) {
            assertThatThrownBy(() -> client.send(call("GET", ""))).hasMessageContaining("within 0.2 s");
        } finally {
            never.countDown();
        }
    }

    @Test
    void aServerThatDripsOneByteAtATimeIsGivenUpToo() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient client = timed("http://127.0.0.1:" + socket.getLocalPort())) {
            Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept()) {
                    while (true) {
                        connection.getOutputStream().write('H');
                        Thread.sleep(10);
                    }
                } catch (Exception clientGaveUp) {
                    return;
                }
            });
            assertThatThrownBy(() -> client.send(call("GET", ""))).hasMessageContaining("within 0.2 s");
        }
    }

    private static HttpClient timed(String address) {
        return new HttpClient(Address.parse(address), Tls.SYSTEM, QUICK.withTimeout(Duration.ofMillis(200)), true);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionThatTheServerLetGoIsOpenedAgainForARead() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakeServer server = FakeServer.plain(seen -> {
                    Answer answer = Answer.of(200, "{}");
                    return count.incrementAndGet() == 1 ? new Answer(answer.bytes(), true) : answer;
                });
                HttpClient client = client(server.address())) {
            client.send(call("GET", ""));
            assertThat(client.send(call("GET", "")).status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerGivenBeforeTheBodyWasReadStillCounts() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient client = client("http://127.0.0.1:" + socket.getLocalPort())) {
            Thread.ofVirtual().start(() -> refuseEarly(socket));
            assertThat(client.send(call("PUT", "x".repeat(900_000))).status()).isEqualTo(413);
        }
    }

    private static void refuseEarly(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection.getInputStream().readNBytes(100);
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
            connection.getInputStream().skip(Long.MAX_VALUE);
        } catch (IOException clientIsDone) {
            return;
        }
    }
}
