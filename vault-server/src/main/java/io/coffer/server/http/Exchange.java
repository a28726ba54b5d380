// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.Event;
import io.coffer.core.engine.Shape;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Incoming;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One request and its answer: collects the body on the event loop, runs on a worker, goes back to the event loop.
final class Exchange implements Runnable {
    private final Lane lane;
    private final Client client;
    private final HttpServerRequest request;
    private final Head head;
    private final Body body;
    private final String id = RequestId.next();
    private Optional<Duration> readingSince = Optional.empty();
    private boolean settled;
    private volatile long submitted;
    private Map<String, String> beside = Map.of();
    private @Nullable Reply reply;
    private @Nullable Answer answer;

    Exchange(Lane lane, Client client, HttpServerRequest request, Head head) {
        this.lane = lane;
        this.client = client;
        this.request = request;
        this.head = head;
        this.body =
                new Body(lane.service().admission(), lane.traffic().maxRequestSize(), Sender.declaredLength(request));
    }

    Client client() {
        return client;
    }

    HttpServerRequest request() {
        return request;
    }

    Head head() {
        return head;
    }

    void begin() {
        if (head.bodyWanted()) {
            lane.beginsReading(this);
            request.exceptionHandler(lost -> abandon());
            request.handler(chunk -> add(chunk)).endHandler(end -> submit());
        } else {
            submit();
        }
    }

    private void add(io.vertx.core.buffer.Buffer chunk) {
        if (settled) {
            return;
        }
        try {
            body.add(chunk);
        } catch (Refusal refusal) {
            refuse(refusal);
        } finally {
            Wire.zero(chunk);
        }
    }

    /// Whether the body has been awaited for longer than it may.
    boolean overdue(Duration now) {
        return readingSince
                .map(since ->
                        now.minus(since).compareTo(lane.traffic().timeouts().read()) > 0)
                .orElse(false);
    }

    void readingSince(Duration now) {
        readingSince = Optional.of(now);
    }

    /// Answers at once, without the pipeline.
    void refuse(Refusal refusal) {
        if (!settled) {
            settled = true;
            body.close();
            lane.endsReading(this);
            lane.answer(this, Answer.of(refusal));
        }
    }

    private void abandon() {
        if (!settled) {
            settled = true;
            body.close();
            lane.endsReading(this);
            lane.dropped(this);
        }
    }

    private void submit() {
        if (settled) {
            return;
        }
        lane.endsReading(this);
        if (!lane.service().admission().enter()) {
            refuse(new Refusal(503, "too many requests in flight; try again in a moment"));
            return;
        }
        settled = true;
        submitted = nanos();
        try {
            lane.service().workers().execute(this);
        } catch (RejectedExecutionException stopping) {
            release();
            lane.answer(this, Answer.of(new Refusal(503, "the server is stopping")));
        }
    }

    /// On a worker. A client that has gone meanwhile gets nothing done.
    @Override
    public void run() {
        if (client.gone()) {
            release();
            return;
        }
        if (answersAtOnce()) {
            release();
            lane.outbox().add(this);
            return;
        }
        try {
            Incoming incoming = incoming();
            lane.service().handler().handle(incoming).whenComplete(this::completed);
        } catch (RuntimeException | Error fault) {
            completed(null, fault);
        }
    }

    /// Whether no token is asked for: a browser's question, or numbers that the listener tells anyone.
    private boolean answersAtOnce() {
        RequestHandler handler = lane.service().handler();
        if (head.cross().isPresent()) {
            Cross.Verdict verdict = head.cross().get().under(handler.crossOrigin());
            beside = verdict.headers();
            answer = verdict.answer().orElse(null);
        }
        if (answer == null && head.asksMetrics() && lane.traffic().openMetrics()) {
            String format = String.join("", head.query().getOrDefault("format", List.of()));
            answer = Answers.of(new Reply(id, handler.metrics(format), Shape.RAW, ""));
        }
        return answer != null;
    }

    private Incoming incoming() {
        byte[] bytes = body.take();
        return new Incoming(
                id,
                head.operation(),
                head.path(),
                head.query(),
                bytes,
                head.form() && Forms.isForm(bytes) ? Incoming.Form.FORM_URLENCODED : Incoming.Form.JSON,
                head.credential(),
                head.wrap(),
                client.origin(),
                lane.service().time().elapsed().plus(lane.traffic().maxRequestDuration()));
    }

    /// On whatever thread completes it. A worker writes the answer's text itself; others have better things to do.
    private void completed(@Nullable Reply result, @Nullable Throwable failure) {
        release();
        lane.latencies().add(nanos() - submitted);
        if (failure != null) {
            answer = failed(failure);
        } else if (result == null) {
            answer = failed(new IllegalStateException("the pipeline gave neither reply nor failure"));
        } else if (Workers.current()) {
            answer = encoded(result);
        } else {
            reply = result;
        }
        lane.outbox().add(this);
    }

    private Answer encoded(Reply result) {
        try {
            return onWorker(Answers.of(result));
        } catch (RuntimeException defect) {
            return failed(defect);
        }
    }

    /// What hangs on an answer's arrival may wait for a disk, which an event loop never does. When the server is
    /// stopping it is not done: as if the answer had not arrived.
    private Answer onWorker(Answer ready) {
        return ready.written().map(then -> ready.then(() -> onWorker(then))).orElse(ready);
    }

    private void onWorker(Runnable then) {
        try {
            lane.service().workers().execute(then);
        } catch (RejectedExecutionException stopping) {
            lane.service().observer().observe(new Event.JobFailed("after an answer", "stopping"));
        }
    }

    private Answer failed(Throwable defect) {
        lane.service().observer().observe(new Event.RequestCrashed(id, defect));
        return Answers.defect(id);
    }

    private long nanos() {
        return lane.service().time().elapsed().toNanos();
    }

    private void release() {
        body.close();
        lane.service().admission().leave();
    }

    /// On the event loop.
    void send() {
        Answer ready = answer;
        Reply late = reply;
        if (ready == null && late != null) {
            ready = encoded(late);
        }
        if (ready != null) {
            lane.answer(this, ready.with(beside));
        }
    }
}
