// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// The answers on one event loop that their clients have not taken yet. One that takes too long is cut off: until then
/// its answer stands in memory.
final class Writes {
    /// In the order in which they began.
    private final Set<Write> pending = new LinkedHashSet<>();

    /// Compared by what it is, not by what it holds.
    private static final class Write {
        final HttpServerRequest request;
        final Duration since;

        Write(HttpServerRequest request, Duration since) {
            this.request = request;
            this.since = since;
        }
    }

    /// Most are written when they come here, and cost nothing more.
    void watch(HttpServerRequest request, Client client, Future<Void> written, Duration now) {
        if (written.isComplete()) {
            client.answerWritten();
            return;
        }
        Write write = new Write(request, now);
        pending.add(write);
        written.onComplete(done -> {
            pending.remove(write);
            client.answerWritten();
        });
    }

    /// Cuts off whoever has had longer than the limit.
    void cutLate(Duration now, Duration limit) {
        pending.stream()
                .takeWhile(write -> now.minus(write.since).compareTo(limit) > 0)
                .toList()
                .forEach(late -> Wire.cut(late.request));
    }
}
