// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {
    private static final WireLimits LIMITS = new WireLimits(1_000, 10_000, Duration.ofSeconds(5), 0, Duration.ZERO);

    private static HttpReader.Framed read(String text, String method) throws IOException {
        return new HttpReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), LIMITS)
                .read(method);
    }

    private static String body(String text) throws IOException {
        return new String(read(text, "GET").answer().body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBodyOfTheSaidLengthIsRead() throws IOException {
        HttpReader.Framed framed = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhelloMORE", "GET");
        assertThat(framed.answer().status()).isEqualTo(200);
        assertThat(framed.answer().body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(framed.answer().headers().get("x")).contains("y");
        assertThat(framed.open()).isTrue();
    }

    @Test
    void chunksAreJoinedAndTrailersPassedOver() throws IOException {
        String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n";
        assertThat(body(head + "5\r\nhello\r\n6;x=y\r\n world\r\n000\r\nTrailer: t\r\n\r\n"))
                .isEqualTo("hello world");
    }

    @Test
    void withoutALengthTheBodyGoesToTheEnd() throws IOException {
        HttpReader.Framed framed = read("HTTP/1.1 200 OK\n\nall of it", "GET");
        assertThat(framed.answer().body()).asString(StandardCharsets.UTF_8).isEqualTo("all of it");
        assertThat(framed.open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n"})
    void someStatusesHaveNoBody(String text) throws IOException {
        assertThat(read(text, "GET").answer().body()).isEmpty();
        assertThat(read(text, "GET").open()).isTrue();
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", "HEAD")
                        .answer()
                        .body())
                .isEmpty();
    }

    @Test
    void interimAnswersArePassedOver() throws IOException {
        assertThat(body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
                .isEqualTo("ok");
    }

    @Test
    void aConnectionThatTheServerClosesIsNotUsedAgain() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", "GET")
                        .open())
                .isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "GET").open())
                .isFalse();
    }

    @Test
    void anEndBeforeTheFirstByteIsToldApart() {
        assertThatThrownBy(() -> read("", "GET")).isInstanceOf(WireException.Stale.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
            })
    void anAnswerThatIsCutOffIsAnErrorAndNeverAShortBody(String text) {
        assertThatThrownBy(() -> read(text, "GET"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0015\u0003\u0003\u0000\u0002\u0002F\n\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 99 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\na b: blank in name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nlong\r\n0\r\n\r\n",
            })
    void whatIsNoAnswerIsRefused(String text) {
        assertThatThrownBy(() -> read(text, "GET"))
                .isInstanceOf(WireException.class)
                .isNotInstanceOf(WireException.Stale.class);
    }

    @Test
    void aHeadOrABodyBeyondTheLimitIsRefused() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nX: " + "y".repeat(2_000) + "\r\n\r\n", "GET"))
                .hasMessageContaining("1000 bytes");
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n\r\n" + "y".repeat(10_001), "GET"))
                .hasMessageContaining("10000 bytes");
        StringBuilder chunked = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 11; i++) {
            chunked.append("3e8\r\n").append("y".repeat(1_000)).append("\r\n");
        }
        assertThatThrownBy(() -> read(chunked + "0\r\n\r\n", "GET")).hasMessageContaining("10000 bytes");
    }

    @Test
    void itDoesNotMatterInWhatPiecesAnAnswerArrives() throws IOException {
        byte[] answer = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond")
                .getBytes(StandardCharsets.US_ASCII);
        for (long seed = 1; seed <= 200; seed++) {
            HttpReader reader = new HttpReader(dripping(answer, new Random(seed)), LIMITS);
            assertThat(new String(reader.read("GET").answer().body(), StandardCharsets.US_ASCII))
                    .as("seed %d", seed)
                    .isEqualTo("helloyou");
            assertThat(new String(reader.read("GET").answer().body(), StandardCharsets.US_ASCII))
                    .as("seed %d", seed)
                    .isEqualTo("second");
        }
    }

    /// Hands out a few bytes at a time.
    private static InputStream dripping(byte[] bytes, Random dice) {
        ByteArrayInputStream all = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() {
                return all.read();
            }

            @Override
            public int read(byte[] room, int from, int length) {
                return all.read(room, from, Math.min(length, 1 + dice.nextInt(7)));
            }
        };
    }
}
