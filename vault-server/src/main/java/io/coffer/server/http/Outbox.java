// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.vertx.core.Context;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The answers on their way to one event loop. However many are ready when it comes round, they cost one task and one
/// wake-up: a commit that completes a hundred requests wakes each loop once.
final class Outbox {
    private final Context loop;
    private final ConcurrentLinkedQueue<Exchange> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();

    Outbox(Context loop) {
        this.loop = loop;
    }

    /// From any thread. An answer that comes after the loop has stopped is dropped, with its connection.
    void add(Exchange exchange) {
        ready.add(exchange);
        if (!awake.getAndSet(true)) {
            try {
                loop.runOnContext(now -> send());
            } catch (RejectedExecutionException stopped) {
                ready.clear();
            }
        }
    }

    private void send() {
        awake.set(false);
        for (Exchange exchange = ready.poll(); exchange != null; exchange = ready.poll()) {
            exchange.send();
        }
    }
}
