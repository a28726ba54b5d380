// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.OverloadedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads for slow work: half the cores, so that others are served whatever logs in, and a short queue, so that
/// whoever comes to a full one learns it at once.
final class SlowPool implements Executor, AutoCloseable {
    /// How much may wait.
    static final int QUEUE = 128;

    private final ThreadPoolExecutor threads;

    SlowPool(int count) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                work -> new Thread(work, "coffer-slow-" + number.incrementAndGet()));
    }

    static SlowPool ofHalfTheCores() {
        return new SlowPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /// @throws OverloadedException if too much waits already
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException full) {
            throw new OverloadedException(
                    "too many requests that take long, as logins, at once; try again in a moment");
        }
    }

    /// What has begun ends; what waits does not begin.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
