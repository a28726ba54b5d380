// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.Event;
import io.coffer.core.Time;
import io.coffer.core.engine.Shape;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.config.ResponseHeaders;
import io.coffer.server.config.Timeouts;
import io.coffer.server.config.TlsConfig;
import io.coffer.server.config.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Listeners over real sockets in front of a handler that tells what it was given.
final class Served implements AutoCloseable {
    static final Traffic TRAFFIC = Traffic.DEFAULT;

    final Admission admission;
    final HttpCounts counts = new HttpCounts();
    final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final Workers workers = new Workers(2);
    private final Listeners listeners;

    Served(RequestHandler handler, Traffic traffic) throws IOException {
        this(handler, List.of(plain(traffic)), RequestLimits.DEFAULT);
    }

    Served(RequestHandler handler, Admission admission) throws IOException {
        this(handler, List.of(plain(TRAFFIC)), RequestLimits.DEFAULT, admission);
    }

    Served(RequestHandler handler, List<ListenerConfig> configs, RequestLimits limits) throws IOException {
        this(handler, configs, limits, Admission.of(limits));
    }

    private Served(RequestHandler handler, List<ListenerConfig> configs, RequestLimits limits, Admission admission)
            throws IOException {
        this.admission = admission;
        listeners = Listeners.start(
                configs, limits, new Service(handler, workers, admission, Time.system(), events::add), counts);
    }

    static ListenerConfig plain(Traffic traffic) {
        return new ListenerConfig.Tcp(new HostPort("127.0.0.1", 0), Optional.empty(), true, traffic);
    }

    static ListenerConfig tls(TlsConfig tls) {
        return new ListenerConfig.Tcp(new HostPort("127.0.0.1", 0), Optional.of(tls), false, Traffic.DEFAULT);
    }

    /// Limits so short that a test need not wait for long.
    static Traffic impatient(int bodyBytes) {
        Duration soon = Duration.ofMillis(200);
        return new Traffic(
                bodyBytes, Duration.ofSeconds(10), new Timeouts(soon, soon, soon, soon), ResponseHeaders.NONE, false);
    }

    static Served echo() throws IOException {
        return new Served(Served::describe, TRAFFIC);
    }

    /// Answers each request with what it is.
    static CompletableFuture<Reply> describe(Incoming incoming) {
        Json.Builder query = Json.object();
        incoming.query().forEach((name, values) -> query.put(name, Json.of(values)));
        Json.Obj told = Json.object()
                .put("operation", incoming.operation().name())
                .put("path", incoming.path().value())
                .put("query", query.build())
                .put("body", new String(incoming.body(), StandardCharsets.UTF_8))
                .put("form", incoming.form().name())
                .put("token", incoming.credential().map(token -> token.text()).orElse(""))
                .put("wrap", incoming.wrap().orElse(""))
                .put("address", incoming.origin().address())
                .build();
        return reply(incoming, new Response.Ok(told), Shape.RAW);
    }

    static CompletableFuture<Reply> reply(Incoming incoming, Response response, Shape shape) {
        return CompletableFuture.completedFuture(new Reply(incoming.id(), response, shape, "kv"));
    }

    int port() {
        return listeners.port();
    }

    void reload(List<ListenerConfig> configs) throws IOException {
        listeners.reload(configs);
    }

    Raw connect() throws IOException {
        return Raw.tcp(port());
    }

    /// One request on a connection of its own.
    Raw.Answered ask(String head) throws IOException {
        return ask(head, "");
    }

    Raw.Answered ask(String head, String body) throws IOException {
        try (Raw raw = connect()) {
            raw.send(head + "\r\n\r\n" + body);
            return raw.answer();
        }
    }

    void stop(Duration grace) {
        listeners.stop(grace);
    }

    @Override
    public void close() {
        listeners.close();
        workers.close();
    }
}
