// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.Traffic;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Writes answers, and decides what becomes of a body that came with a request that did not want it.
final class Sender {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private final HttpCounts counts;

    Sender(HttpCounts counts) {
        this.counts = counts;
    }

    /// @return completes when the client has taken the answer, or has gone
    Future<Void> send(Exchange exchange, Answer answer, Traffic traffic) {
        HttpServerResponse response = exchange.request().response();
        Head head = exchange.head();
        if (!response.closed() && head.namespace().isPresent()) {
            response.putHeader(Headers.NAMESPACE, head.namespace().get());
        }
        return send(exchange.request(), exchange.client(), head.silent() ? answer.silent() : answer, traffic);
    }

    /// The answer to something that no connection survives.
    void sendLast(HttpServerRequest request, Answer answer) {
        counts.answered(answer.status());
        request.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Wire.wrap(answer.body()));
        request.connection().close();
    }

    /// @return completes when the client has taken the answer, or has gone
    Future<Void> send(HttpServerRequest request, Client client, Answer answer, Traffic traffic) {
        HttpServerResponse response = request.response();
        boolean wholeRead = request.isEnded();
        client.requestAnswered(wholeRead);
        counts.answered(answer.status());
        if (response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        answer.headers().forEach(response::putHeader);
        addConfigured(response, answer.status(), traffic);
        boolean last = !wholeRead && !worthReading(request, answer.status());
        if (last && Wire.isHttp1(request.version())) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Future<Void> written = response.end(Wire.wrap(answer.body()));
        answer.written().ifPresent(then -> written.onSuccess(done -> then.run()));
        if (!wholeRead) {
            drop(request, client, last);
        }
        return written;
    }

    private static void addConfigured(HttpServerResponse response, int status, Traffic traffic) {
        if (!traffic.headers().byStatus().isEmpty()) {
            traffic.headers().forStatus(status).forEach((name, values) -> response.putHeader(name, values));
        }
    }

    /// Whether the rest of the body is small enough to read it for the sake of the connection. A client
    /// that waits to be told to go on may send the body or not, so nobody can tell what the next bytes
    /// would be.
    private static boolean worthReading(HttpServerRequest request, int status) {
        return status != 413
                && status != 408
                && declaredLength(request) <= Edge.DROPPED_BYTES
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    private static void drop(HttpServerRequest request, Client client, boolean last) {
        if (last) {
            client.linger();
        }
        long[] dropped = {0};
        request.handler(chunk -> {
            dropped[0] += chunk.length();
            if (!last && dropped[0] > Edge.DROPPED_BYTES) {
                end(request);
            }
        });
        request.endHandler(end -> {
            if (last) {
                end(request);
            }
        });
    }

    /// Closes behind the answer.
    private static void end(HttpServerRequest request) {
        if (Wire.isHttp1(request.version())) {
            request.connection().close();
        } else {
            Wire.cut(request);
        }
    }

    /// What the head says of the body's length: 0 if nothing, or if it comes in chunks.
    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }
}
