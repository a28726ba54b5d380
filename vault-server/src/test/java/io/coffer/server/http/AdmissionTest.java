// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.JsonLimits;
import io.coffer.server.config.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What all clients together may cost, and how it comes back.
@Timeout(60)
final class AdmissionTest {
    private static final String GET = "GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void moreRequestsThanPermitsAreRefusedAtOnceAndPermitsComeBack() throws Exception {
        LinkedBlockingQueue<Runnable> completions = new LinkedBlockingQueue<>();
        RequestHandler handler = incoming -> {
            CompletableFuture<Reply> later = new CompletableFuture<>();
            completions.add(() -> later.complete(Served.describe(incoming).join()));
            return later;
        };
        RequestLimits limits = new RequestLimits(JsonLimits.DEFAULT, 2, 100, 64 << 10);
        try (Served served = new Served(handler, List.of(Served.plain(Served.TRAFFIC)), limits);
                Raw first = served.connect();
                Raw second = served.connect();
                Raw third = served.connect()) {
            first.send(GET);
            second.send(GET);
            Runnable one = completions.take();
            Runnable two = completions.take();
            third.send(GET);
            assertThat(third.answer().status()).isEqualTo(503);
            one.run();
            two.run();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(second.answer().status()).isEqualTo(200);
            third.send(GET);
            completions.take().run();
            assertThat(third.answer().status()).isEqualTo(200);
            assertThat(served.admission.requestsInFlight()).isZero();
        }
    }

    @Test
    void thePermitOfAClientThatWentAwayComesBackWhenItsWorkEnds() throws Exception {
        LinkedBlockingQueue<CompletableFuture<Reply>> waiting = new LinkedBlockingQueue<>();
        RequestHandler handler = incoming -> {
            CompletableFuture<Reply> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
        };
        try (Served served = new Served(handler, Served.TRAFFIC)) {
            CompletableFuture<Reply> work;
            try (Raw raw = served.connect()) {
                raw.send(GET);
                work = waiting.take();
            }
            await().until(() -> served.admission.openConnections() == 0);
            assertThat(served.admission.requestsInFlight()).isEqualTo(1);
            work.completeExceptionally(new IllegalStateException("whatever"));
            assertThat(served.admission.requestsInFlight()).isZero();
        }
    }

    @Test
    void moreConnectionsThanTheLimitAreClosedAtOnce() throws IOException {
        RequestLimits limits = new RequestLimits(JsonLimits.DEFAULT, 10, 3, 64 << 10);
        List<Raw> open = new ArrayList<>();
        try (Served served = new Served(Served::describe, List.of(Served.plain(Served.TRAFFIC)), limits)) {
            for (int i = 0; i < 3; i++) {
                Raw raw = served.connect();
                raw.send(GET);
                assertThat(raw.answer().status()).isEqualTo(200);
                open.add(raw);
            }
            try (Raw raw = served.connect()) {
                assertThat(raw.closedByServer()).isTrue();
            }
            open.getFirst().close();
            await().until(() -> served.admission.openConnections() == 2);
            assertThat(served.ask("GET /v1/a HTTP/1.1\r\nHost: x").status()).isEqualTo(200);
        } finally {
            for (Raw raw : open) {
                raw.close();
            }
        }
    }

    @Test
    void stoppingLetsRunningRequestsEndAndAcceptsNoMore() throws Exception {
        LinkedBlockingQueue<Runnable> completions = new LinkedBlockingQueue<>();
        RequestHandler handler = incoming -> {
            CompletableFuture<Reply> later = new CompletableFuture<>();
            completions.add(() -> later.complete(Served.describe(incoming).join()));
            return later;
        };
        try (Served served = new Served(handler, Served.TRAFFIC);
                Raw busy = served.connect();
                Raw idle = served.connect()) {
            busy.send(GET);
            Runnable completion = completions.poll(10, TimeUnit.SECONDS);
            assertThat(completion).isNotNull();
            Thread stopping = Thread.ofVirtual().start(() -> served.stop(Duration.ofSeconds(20)));
            assertThat(idle.closedByServer()).isTrue();
            completion.run();
            assertThat(busy.answer().status()).isEqualTo(200);
            assertThat(busy.closedByServer()).isTrue();
            stopping.join();
        }
    }

    @Test
    void aDefectIsAnsweredWithAnIdAndNothingElse() throws IOException {
        RequestHandler handler = incoming -> {
            throw new IllegalStateException("hvs.secret");
        };
        try (Served served = new Served(handler, Served.TRAFFIC)) {
            Raw.Answered answered = served.ask("GET /v1/a HTTP/1.1\r\nHost: x");
            assertThat(answered.status()).isEqualTo(500);
            assertThat(answered.body())
                    .contains("(request ")
                    .doesNotContain("hvs")
                    .doesNotContain("Exception");
            assertThat(served.events).hasSize(1);
        }
    }
}
