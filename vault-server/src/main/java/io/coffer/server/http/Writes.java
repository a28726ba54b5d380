// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The answers on one event loop that their clients have not taken yet. One that takes too long is cut off:
/// until then its answer stands in memory. So is the one that has waited longest when all answers together
/// take more memory than they may, because a client that reads has its own long before.
final class Writes {
    private final Admission admission;

    /// In the order in which they began.
    private final Set<Write> pending = new LinkedHashSet<>();

    /// Compared by what it is, not by what it holds.
    private static final class Write {
        final HttpServerRequest request;
        final Duration since;
        final int bytes;

        Write(HttpServerRequest request, Duration since, int bytes) {
            this.request = request;
            this.since = since;
            this.bytes = bytes;
        }
    }

    Writes(Admission admission) {
        this.admission = admission;
    }

    /// Most are written when they come here, and cost nothing more.
    ///
    /// @param bytes of the answer
    void watch(HttpServerRequest request, Client client, Future<Void> written, int bytes, Duration now) {
        if (written.isComplete()) {
            client.answerWritten();
            return;
        }
        makeRoom(bytes);
        Write write = new Write(request, now, bytes);
        pending.add(write);
        written.onComplete(done -> {
            forget(write);
            client.answerWritten();
        });
    }

    private void makeRoom(int bytes) {
        admission.owe(bytes);
        for (Write oldest : List.copyOf(admission.overdrawn() ? pending : Set.of())) {
            if (admission.overdrawn()) {
                forget(oldest);
                Wire.cut(oldest.request);
            }
        }
    }

    private void forget(Write write) {
        if (pending.remove(write)) {
            admission.settle(write.bytes);
        }
    }

    /// Cuts off whoever has had longer than the limit.
    void cutLate(Duration now, Duration limit) {
        pending.stream()
                .takeWhile(write -> now.minus(write.since).compareTo(limit) > 0)
                .toList()
                .forEach(late -> Wire.cut(late.request));
    }
}
