// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.concurrent.atomic.AtomicLongArray;

/// How many answers went out, by the first digit of their status.
public final class HttpCounts {
    private final AtomicLongArray byClass = new AtomicLongArray(6);

    void answered(int status) {
        byClass.incrementAndGet(Math.clamp(status / 100, 0, 5));
    }

    /// @param first the first digit of the status, 1 to 5
    public long answers(int first) {
        return byClass.get(first);
    }
}
