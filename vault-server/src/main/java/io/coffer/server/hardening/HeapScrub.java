// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Overwrites the free heap each time the vault was sealed: what the JDK copied of a key, a share or a value
/// and left as garbage is gone some moments later, not only when the space happens to be used again.
///
/// Holds for the Serial collector, which compacts the whole heap. With others, pieces may stay. What is still
/// reachable is not touched; neither is memory outside the heap.
public final class HeapScrub implements Observer, AutoCloseable {
    /// Left free, so that others can go on allocating while the rest is full.
    static final long MARGIN = 4L << 20;

    /// Small beside a survivor space, so that those are filled too; made of arrays of all sizes from there down,
    /// since the collector puts small ones where a large one finds no room.
    private static final int CHUNK = 32 << 10;

    private static final int SMALLEST = 16;

    /// A second time, since a thread's allocation buffer is a hole in what is filled, and lies elsewhere then.
    private static final int ROUNDS = 2;

    /// The JVM gives unused heap back in steps, one a collection; memory that was given back is gone.
    private static final int COLLECTIONS = 4;

    /// What is written here must be made; else the compiler leaves it out.
    @SuppressWarnings("unused")
    private static volatile byte[] swept = {};

    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean closed;
    private final Runnable scrub;

    public HeapScrub() {
        this(HeapScrub::scrub);
    }

    HeapScrub(Runnable scrub) {
        this.scrub = scrub;
    }

    /// Starts at once on a thread of its own. One scrub runs at a time, and at most one waits.
    @Override
    public void observe(Event event) {
        if (event instanceof Event.VaultSealed && waiting.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("heap-scrub").start(this::turn);
        }
    }

    private synchronized void turn() {
        waiting.set(closed);
        scrub.run();
    }

    /// None starts from now on; one that has begun ends, or the process does.
    @Override
    public void close() {
        closed = true;
        waiting.set(true);
    }

    /// Scrubs now, on the calling thread: some collections, and writing the heap twice.
    public static void scrub() {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            fill();
            System.gc();
            sweep();
        }
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
    }

    /// The zeros hang on soft references, which the JVM clears before it throws an {@code OutOfMemoryError}, here
    /// or on any other thread: one that needs more than the margin gets it, and the fill ends.
    private static void fill() {
        List<SoftReference<byte[][]>> zeros = new ArrayList<>();
        long most = Runtime.getRuntime().maxMemory() / CHUNK;
        while (free() > MARGIN
                && zeros.size() < most
                && (zeros.isEmpty() || !zeros.getFirst().refersTo(null))) {
            zeros.add(new SoftReference<>(chunk()));
        }
    }

    /// Runs once through the space for new objects in the smallest steps: where a larger array did not fit in, the
    /// end of a thread's allocation buffer is as it was.
    private static void sweep() {
        for (long left = Runtime.getRuntime().maxMemory(); left > 0; left -= 2 * SMALLEST) {
            swept = new byte[SMALLEST];
        }
    }

    private static byte[][] chunk() {
        byte[][] chunk = new byte[Integer.numberOfTrailingZeros(CHUNK / SMALLEST)][];
        for (int i = 0, bytes = CHUNK / 2; i < chunk.length; i++, bytes /= 2) {
            chunk[i] = new byte[bytes];
        }
        return chunk;
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
}
