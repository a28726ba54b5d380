// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.request.Origin;
import io.coffer.core.rewrap.Latencies;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.Traffic;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One listener on one event loop: its connections, and the requests whose bodies are still coming. All on that loop.
final class Lane {
    private final Service service;
    private final Outbox outbox;
    private final Sender sender;
    private final Latencies latencies;
    private final boolean local;
    private final IdentityHashMap<HttpConnection, Client> clients = new IdentityHashMap<>();
    private final Set<Exchange> reading = new LinkedHashSet<>();
    private final Writes writes;
    private volatile Traffic traffic;

    Lane(Service service, ListenerConfig listener, HttpCounts counts, Context loop) {
        this.service = service;
        this.outbox = new Outbox(loop);
        this.sender = new Sender(counts);
        this.writes = new Writes(service.admission());
        this.latencies = counts.latencies();
        this.local = listener.local();
        this.traffic = listener.traffic();
    }

    Service service() {
        return service;
    }

    Latencies latencies() {
        return latencies;
    }

    Outbox outbox() {
        return outbox;
    }

    Traffic traffic() {
        return traffic;
    }

    /// From any thread: what holds from the next request on.
    void change(Traffic newer) {
        traffic = newer;
    }

    void connected(HttpConnection connection) {
        Client client = new Client(traffic.timeouts(), origin(connection), now());
        clients.put(connection, client);
        Wire.behindCodec(connection, client);
        connection.closeHandler(closed -> {
            client.leave();
            clients.remove(connection);
        });
    }

    private Origin origin(HttpConnection connection) {
        SocketAddress peer = connection.remoteAddress();
        boolean inet = peer != null && peer.isInetSocket();
        Origin origin = new Origin(
                inet ? Optional.ofNullable(peer.hostAddress()).orElse("") : "",
                inet ? peer.port() : 0,
                local,
                traffic.legacyCeremonies());
        return connection.isSsl() ? origin.showing(AnyClient.shown(connection)) : origin;
    }

    /// Takes a request whose head has come. A client that sends the next one before it has read the last
    /// answer waits.
    void handle(HttpServerRequest request) {
        Client client = clients.get(request.connection());
        if (client == null) {
            request.connection().close();
            return;
        }
        client.requestBegins();
        if (request.response().writeQueueFull()) {
            request.pause();
            request.response().drainHandler(drained -> {
                request.response().drainHandler(null);
                request.resume();
                begin(client, request);
            });
        } else {
            begin(client, request);
        }
    }

    private void begin(Client client, HttpServerRequest request) {
        Head head;
        try {
            if (request.version() == HttpVersion.HTTP_1_1 && !request.headers().contains(HttpHeaders.HOST)) {
                throw new Refusal(400, "header Host is missing");
            }
            if (!Wire.isHttp1(request.version())) {
                Headers.checkText(request.headers());
            }
            head = Head.of(request.method().name(), request.uri(), request.headers());
            if (head.bodyWanted()) {
                refuseOversize(request);
                expect(request);
            }
        } catch (Refusal refusal) {
            Answer why = Answer.of(refusal);
            writes.watch(request, client, sender.send(request, client, why, traffic), why.body().length, now());
            return;
        }
        new Exchange(this, client, request, head).begin();
    }

    private void refuseOversize(HttpServerRequest request) {
        if (Sender.declaredLength(request) > traffic.maxRequestSize()) {
            throw new Refusal(413, "http: request body too large");
        }
    }

    private static void expect(HttpServerRequest request) {
        String expectation = request.getHeader(HttpHeaders.EXPECT);
        if (expectation == null) {
            return;
        }
        if (!expectation.equalsIgnoreCase("100-continue")) {
            throw new Refusal(417, "header Expect knows 100-continue only");
        }
        request.response().writeContinue();
    }

    /// Takes a request that is no HTTP.
    void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Refusal refusal = cause instanceof TooLongHttpLineException
                ? new Refusal(414, "request line is longer than " + Edge.REQUEST_LINE_BYTES + " bytes")
                : cause instanceof TooLongHttpHeaderException
                        ? new Refusal(431, "request headers are too large")
                        : new Refusal(400, "malformed HTTP request");
        sender.sendLast(request, Answer.of(refusal));
    }

    void beginsReading(Exchange exchange) {
        exchange.readingSince(now());
        reading.add(exchange);
    }

    void endsReading(Exchange exchange) {
        reading.remove(exchange);
    }

    void answer(Exchange exchange, Answer answer) {
        Future<Void> written = sender.send(exchange, answer, traffic);
        writes.watch(exchange.request(), exchange.client(), written, answer.body().length, now());
    }

    private Duration now() {
        return service.time().elapsed();
    }

    /// The client has gone before its request was there.
    void dropped(Exchange exchange) {
        exchange.client().answerWritten();
    }

    /// Each second: closes what has been too slow.
    void sweep() {
        Duration now = now();
        for (Exchange exchange : List.copyOf(reading)) {
            if (exchange.overdue(now)) {
                exchange.refuse(new Refusal(408, "request body did not come in time"));
            }
        }
        List<HttpConnection> slow = new ArrayList<>();
        clients.forEach((connection, client) -> {
            if (client.overdue(now)) {
                slow.add(connection);
            }
        });
        slow.forEach(Wire::cut);
        writes.cutLate(now, traffic.writeLimit());
    }
}
