// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that requests run on: platform threads, because a call into the disk's library pins a
/// virtual one; one a core, because more were slower. Whoever is in the queue holds a permit of {@link
/// Admission}, so it is as bounded as those are.
public final class Workers implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    public Workers(int count) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new LinkedTransferQueue<>(), work -> new Worker(work, number));
    }

    public static Workers oneForEachCore() {
        return new Workers(Runtime.getRuntime().availableProcessors());
    }

    /// Whether the calling thread is one of some pool's workers: it may be kept busy, others may not.
    static boolean current() {
        return Thread.currentThread() instanceof Worker;
    }

    /// @throws java.util.concurrent.RejectedExecutionException while stopping
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /// Lets what was taken end, for a while.
    public void stop(Duration grace) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private static final class Worker extends Thread {
        Worker(Runnable work, AtomicInteger number) {
            super(work, "coffer-worker-" + number.incrementAndGet());
            setDaemon(true);
        }
    }
}
