// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.engine.Shape;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How connections live on, and when they do not.
@Timeout(60)
final class ConnectionTest {
    private static final String GET = "GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";

    private static String put(int declared) {
        return "PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: " + declared + "\r\n\r\n";
    }

    @Test
    void aConnectionLivesOnAfterAnAnswerWithoutBodyAndAfterRefusalsWithUnreadBodies() throws IOException {
        RequestHandler handler = incoming -> incoming.operation() == io.coffer.core.request.Operation.DELETE
                ? Served.reply(incoming, Response.NO_CONTENT, Shape.ENVELOPE)
                : Served.describe(incoming);
        try (Served served = new Served(handler, Served.TRAFFIC);
                Raw raw = served.connect()) {
            raw.send("DELETE /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            Raw.Answered deleted = raw.answer();
            assertThat(deleted.status()).isEqualTo(204);
            assertThat(deleted.headers()).doesNotContainKey("content-length").doesNotContainKey("transfer-encoding");
            for (int i = 0; i < 3; i++) {
                raw.send("PUT /v1/a//b HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                assertThat(raw.answer().status()).isEqualTo(400);
            }
            raw.send("GET /v1/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(raw.answer().status()).isEqualTo(200);
            raw.send(GET);
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whatGoesOnInTheBackgroundIsAnsweredWithoutABodyUnlessThereIsSomethingToSay() throws IOException {
        RequestHandler handler = incoming -> Served.reply(
                incoming,
                new Response.Accepted(incoming.path().value().equals("a") ? List.of() : List.of("it may take a while")),
                Shape.ENVELOPE);
        try (Served served = new Served(handler, Served.TRAFFIC);
                Raw raw = served.connect()) {
            raw.send(GET);
            Raw.Answered quiet = raw.answer();
            assertThat(quiet.status()).isEqualTo(202);
            assertThat(quiet.body()).isEmpty();
            raw.send(GET.replace("/v1/a", "/v1/b"));
            Raw.Answered telling = raw.answer();
            assertThat(telling.status()).isEqualTo(202);
            assertThat(telling.body()).contains("\"warnings\":[\"it may take a while\"]");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        try (Served served = Served.echo();
                Raw raw = served.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                String body = "x".repeat(i);
                all.append("PUT /v1/n/" + i + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + i + "\r\n\r\n" + body);
            }
            raw.send(all.toString());
            for (int i = 0; i < 200; i++) {
                assertThat(raw.answer().body()).contains("\"n/" + i + "\"").contains("\"" + "x".repeat(i) + "\"");
            }
        }
    }

    @Test
    void aClientThatSendsAndNeverReadsIsNotServedWithoutEnd() throws Exception {
        byte[] large = ("\"" + "x".repeat(1 << 20) + "\"").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        AtomicInteger handled = new AtomicInteger();
        RequestHandler handler = incoming -> {
            handled.incrementAndGet();
            return Served.reply(incoming, new Response.Ok(new Json.Raw(large)), Shape.RAW);
        };
        try (Served served = new Served(handler, Served.TRAFFIC);
                Raw raw = served.connect()) {
            raw.send(GET.repeat(500));
            await().until(() -> handled.get() > 0 && served.admission.requestsInFlight() == 0);
            try (Raw other = served.connect()) {
                other.send(GET);
                assertThat(other.answer().status()).isEqualTo(200);
            }
            assertThat(handled.get()).isLessThan(100);
            for (int i = 0; i < 500; i++) {
                assertThat(raw.answer().body()).hasSize(large.length + 1);
            }
        }
    }

    @Test
    void whoDoesNotReadTheAnswerIsCutOff() throws Exception {
        byte[] large = ("\"" + "x".repeat(16 << 20) + "\"").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        RequestHandler handler = incoming -> Served.reply(incoming, new Response.Ok(new Json.Raw(large)), Shape.RAW);
        try (Served served = new Served(handler, Served.impatient(1000));
                Raw raw = served.connect()) {
            raw.send(GET);
            await().until(() -> served.counts.answers(2) == 1);
            await().until(() -> served.admission.openConnections() == 0);
            assertThat(raw.answer().body().length()).isLessThan(large.length);
        }
    }

    @Test
    void answersThatNobodyTakesMakeRoomForNewerOnes() throws Exception {
        byte[] large = ("\"" + "x".repeat(16 << 20) + "\"").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        RequestHandler handler = incoming -> Served.reply(incoming, new Response.Ok(new Json.Raw(large)), Shape.RAW);
        Admission twoLargeAnswers = new Admission(100, 100, 40 << 20, 40 << 20);
        List<Raw> clients = new ArrayList<>();
        try (Served served = new Served(handler, twoLargeAnswers)) {
            for (int i = 1; i <= 8; i++) {
                Raw client = served.connect();
                clients.add(client);
                client.send(GET);
                int asked = i;
                await().until(() -> served.counts.answers(2) == asked);
            }
            await().until(() -> served.admission.openConnections() == 2);
            assertThat(clients.removeLast().answer().body()).hasSize(large.length + 1);
            assertThat(clients.removeLast().answer().body()).hasSize(large.length + 1);
            assertThat(clients.getFirst().answer().body().length()).isLessThan(large.length);
        } finally {
            for (Raw client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aBodyOverTheLimitIsRefusedByItsDeclarationAndByItsBytes() throws IOException {
        try (Served served = new Served(Served::describe, Served.impatient(1000))) {
            Raw.Answered declared = served.ask("PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1001");
            assertThat(declared.status()).isEqualTo(413);
            assertThat(declared.body()).contains("http: request body too large");
            String chunk = "1f4\r\n" + "x".repeat(500) + "\r\n";
            String head = "PUT /v1/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked";
            assertThat(served.ask(head, chunk.repeat(2) + "0\r\n\r\n").status()).isEqualTo(200);
            assertThat(served.ask(head, chunk.repeat(2) + "1\r\nx\r\n0\r\n\r\n").status())
                    .isEqualTo(413);
            assertThat(served.ask("PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999")
                            .status())
                    .isIn(400, 413);
        }
    }

    @Test
    void aClientThatSendsALargeBodyGetsToReadWhyItIsRefused() throws IOException {
        try (Served served = Served.echo();
                Raw raw = served.connect()) {
            int length = (32 << 20) + 1;
            raw.send(put(length));
            byte[] part = new byte[1 << 16];
            for (int sent = 0; sent < length; sent += part.length) {
                raw.send(part);
            }
            Raw.Answered answered = raw.answer();
            assertThat(answered.status()).isEqualTo(413);
            assertThat(answered.header("connection")).isEqualTo("close");
            assertThat(raw.closedByServer()).isTrue();
        }
    }

    @Test
    void aClientIsToldToGoOnOnlyIfItsBodyIsWanted() throws IOException {
        try (Served served = Served.echo();
                Raw raw = served.connect();
                Raw refused = served.connect()) {
            raw.send("PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.answer(false).status()).isEqualTo(100);
            raw.send("{}");
            assertThat(raw.answer().status()).isEqualTo(200);
            refused.send("PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
            assertThat(refused.answer().status()).isEqualTo(413);
            assertThat(served.ask("PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: x")
                            .status())
                    .isEqualTo(417);
        }
    }

    @Test
    void whoSendsSlowlyIsClosed() throws IOException {
        try (Served served = new Served(Served::describe, Served.impatient(1000));
                Raw silent = served.connect();
                Raw head = served.connect();
                Raw laterHead = served.connect();
                Raw body = served.connect();
                Raw idle = served.connect()) {
            head.send("GET /v1/a HTTP/1.1\r\nHo");
            laterHead.send(GET);
            assertThat(laterHead.answer().status()).isEqualTo(200);
            laterHead.send("GET /v1/a HTTP/1.1\r\nHo");
            body.send(put(10) + "half");
            idle.send(GET);
            assertThat(idle.answer().status()).isEqualTo(200);
            Raw.Answered late = body.answer();
            assertThat(late.status()).isEqualTo(408);
            assertThat(body.closedByServer()).isTrue();
            assertThat(silent.closedByServer()).isTrue();
            assertThat(head.closedByServer()).isTrue();
            assertThat(laterHead.closedByServer()).isTrue();
            assertThat(idle.closedByServer()).isTrue();
            await().until(() -> served.admission.openConnections() == 0);
        }
    }

    @Test
    void aRequestThatTakesLongerThanAnIdleConnectionMayIsNotCutOff() throws Exception {
        LinkedBlockingQueue<CompletableFuture<Reply>> waiting = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Incoming> requests = new LinkedBlockingQueue<>();
        RequestHandler handler = incoming -> {
            CompletableFuture<Reply> later = new CompletableFuture<>();
            requests.add(incoming);
            waiting.add(later);
            return later;
        };
        try (Served served = new Served(handler, Served.impatient(1000));
                Raw raw = served.connect();
                Raw idle = served.connect()) {
            raw.send(GET);
            assertThat(idle.closedByServer()).isTrue();
            Incoming incoming = requests.take();
            waiting.take().complete(new Reply(incoming.id(), new Response.Denied("no"), Shape.ENVELOPE, ""));
            assertThat(raw.answer().status()).isEqualTo(403);
        }
    }
}
