// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Overwrites what keys have left in the heap after the vault was sealed: collecting frees memory and does not erase
/// it.
///
/// Collect, fill what is free with zeros, collect again. A part stays free all the time, or other threads would meet
/// `OutOfMemoryError`; what lies in that part is not reached.
public final class HeapScrub implements Observer, AutoCloseable {
    private static final long MARGIN = 8L << 20;
    private static final int HEADER = 24;
    private static final int[] CHUNKS = {64 << 10, 4 << 10, 256};

    private final ExecutorService thread =
            new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread scrubbing = new Thread(work, "coffer-scrub");
                scrubbing.setDaemon(true);
                return scrubbing;
            });

    /// Scrubs in the background when the vault has been sealed.
    @Override
    public void observe(Event event) {
        if (event instanceof Event.VaultSealed) {
            try {
                thread.execute(HeapScrub::scrub);
            } catch (RejectedExecutionException atWork) {
                // It has not come to its second collection yet, or the process ends.
                return;
            }
        }
    }

    /// Scrubs now. Takes as long as two full collections and writing the heap once.
    public static void scrub() {
        System.gc();
        fill();
        System.gc();
    }

    /// Never takes more than was free at the start, so that the heap's room to grow is left to the other threads: the
    /// JVM is
    /// told to end where memory runs out.
    private static void fill() {
        List<byte[]> held = new ArrayList<>();
        long left = Runtime.getRuntime().freeMemory() - MARGIN;
        try {
            for (int chunk : CHUNKS) {
                while (left > chunk && Runtime.getRuntime().freeMemory() > MARGIN) {
                    held.add(new byte[chunk]);
                    left -= chunk + HEADER;
                }
            }
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
