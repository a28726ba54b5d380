// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Response;
import io.coffer.core.system.CrossOrigin;
import io.coffer.server.config.Traffic;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// Pages of other origins, and what a listener tells anyone, over real sockets.
class CrossTest {
    private static final String PAGE = "\r\nHost: x\r\nOrigin: https://app.example";
    private static final String ASKS = PAGE + "\r\nAccess-Control-Request-Method: ";
    private static final CrossOrigin RULES = new CrossOrigin(List.of("https://app.example"), List.of("X-Team"), false);

    private record Behind(CrossOrigin crossOrigin) implements RequestHandler {
        @Override
        public CompletionStage<Reply> handle(Incoming incoming) {
            return Served.describe(incoming);
        }

        @Override
        public Response metrics(String format) {
            return format.equals("prometheus")
                    ? new Response.Plain("text/plain; version=0.0.4", "up 1\n")
                    : new Response.Invalid(format);
        }
    }

    private static Served served(CrossOrigin rules) throws IOException {
        return new Served(new Behind(rules), Served.TRAFFIC);
    }

    @Test
    void whereNothingIsConfiguredAPageIsToldNothing() throws IOException {
        try (Served served = served(CrossOrigin.OFF)) {
            Raw.Answered answer = served.ask("GET /v1/a HTTP/1.1" + PAGE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("access-control-allow-origin")).isEmpty();
            assertThat(served.ask("OPTIONS /v1/a HTTP/1.1" + ASKS + "GET").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aPageThatIsLetInIsNamedInTheAnswer() throws IOException {
        try (Served served = served(RULES)) {
            Raw.Answered answer = served.ask("GET /v1/a HTTP/1.1" + PAGE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.example");
            assertThat(answer.header("vary")).isEqualTo("Origin");
            assertThat(answer.header("access-control-allow-credentials")).isEmpty();
            assertThat(served.ask("GET /v1/a HTTP/1.1\r\nHost: x").header("vary"))
                    .isEmpty();
        }
    }

    @Test
    void aBrowserThatAsksFirstLearnsWhatThePageMaySend() throws IOException {
        try (Served served = served(RULES)) {
            Raw.Answered answer = served.ask("OPTIONS /v1/a HTTP/1.1" + ASKS + "LIST");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("access-control-allow-methods"))
                    .isEqualTo("DELETE,GET,OPTIONS,POST,PUT,LIST,SCAN");
            assertThat(answer.header("access-control-allow-headers"))
                    .startsWith("Content-Type,X-Requested-With,")
                    .endsWith(",X-Vault-Token,X-Team");
            assertThat(answer.header("access-control-max-age")).isEqualTo("300");
            assertThat(served.ask("OPTIONS /v1/a HTTP/1.1" + ASKS + "BREW").status())
                    .isEqualTo(405);
            assertThat(served.ask("OPTIONS /v1/a HTTP/1.1\r\nHost: x").status()).isEqualTo(400);
        }
    }

    @Test
    void anotherPageIsRefusedBeforeAnybodyLooksAtItsRequest() throws IOException {
        try (Served served = served(RULES)) {
            for (String origin :
                    List.of("https://evil.example", "https://app.example.evil", "null", "HTTPS://APP.EXAMPLE")) {
                for (String method : List.of("GET", "OPTIONS")) {
                    Raw.Answered answer = served.ask(method + " /v1/a HTTP/1.1\r\nHost: x\r\nOrigin: " + origin);
                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.body()).contains("origin not allowed").doesNotContain("evil");
                    assertThat(answer.header("access-control-allow-origin")).isEmpty();
                }
            }
        }
        try (Served any = served(new CrossOrigin(List.of("*"), List.of(), true))) {
            Raw.Answered answer = any.ask("GET /v1/a HTTP/1.1\r\nHost: x\r\nOrigin: null");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("null");
            assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        }
    }

    @Test
    void onlyAListenerThatIsOpenForItTellsAnyoneWhatIsCounted() throws IOException {
        String asks = "GET /v1/sys/metrics?format=prometheus HTTP/1.1\r\nHost: x";
        try (Served closed = served(CrossOrigin.OFF)) {
            assertThat(closed.ask(asks).body()).contains("\"operation\":\"READ\"");
            assertThat(closed.ask("GET /v1/sys/metrics HTTP/1.1\r\nHost: x\r\nAccept: application/openmetrics-text;q=1")
                            .body())
                    .contains("\"query\":{\"format\":[\"prometheus\"]}");
        }
        Traffic plain = Traffic.DEFAULT;
        Traffic open = new Traffic(
                plain.maxRequestSize(), plain.maxRequestDuration(), plain.timeouts(), plain.headers(), false, true);
        try (Served served = new Served(new Behind(CrossOrigin.OFF), open)) {
            Raw.Answered answer = served.ask(asks);
            assertThat(answer.body()).isEqualTo("up 1\n");
            assertThat(answer.header("content-type")).isEqualTo("text/plain; version=0.0.4");
            assertThat(served.ask("GET /v1/sys/metrics HTTP/1.1\r\nHost: x").status())
                    .isEqualTo(400);
            assertThat(served.ask("PUT /v1/sys/metrics HTTP/1.1\r\nHost: x").body())
                    .contains("UPDATE");
        }
    }
}
