// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.rewrap.Latencies;
import java.util.concurrent.atomic.AtomicLongArray;

/// How many answers went out, by the first digit of their status, and how long they took.
public final class HttpCounts {
    private final AtomicLongArray byClass = new AtomicLongArray(6);
    private final Latencies latencies = new Latencies();

    void answered(int status) {
        byClass.incrementAndGet(Math.clamp(status / 100, 0, 5));
    }

    /// How long answers took since their requests had arrived whole, without what the network took.
    public Latencies latencies() {
        return latencies;
    }

    /// @param first the first digit of the status, 1 to 5
    public long answers(int first) {
        return byClass.get(first);
    }
}
