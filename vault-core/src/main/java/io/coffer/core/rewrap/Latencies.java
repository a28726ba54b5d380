// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import java.util.concurrent.atomic.AtomicLongArray;

/// How long answers took, counted by size: sixteen sizes for each doubling, so a median is true to some four percent.
public final class Latencies {
    private static final int PARTS = 16;
    private static final int DOUBLINGS = 40;

    private final AtomicLongArray counts = new AtomicLongArray(PARTS * DOUBLINGS);

    public void add(long nanos) {
        counts.incrementAndGet(size(Math.max(1, nanos)));
    }

    long[] counts() {
        long[] copy = new long[PARTS * DOUBLINGS];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }

    static long total(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /// In nanoseconds, between the bounds of its size by rank.
    static double median(long[] counts) {
        double half = total(counts) / 2.0;
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= half) {
                return bound(i) + (bound(i + 1) - bound(i)) * (half - below) / counts[i];
            }
            below += counts[i];
        }
        return 0;
    }

    private static int size(long nanos) {
        int doubling = 63 - Long.numberOfLeadingZeros(nanos);
        long part = doubling >= 4 ? (nanos >>> doubling - 4) - PARTS : (nanos << 4 - doubling) - PARTS;
        return (int) Math.min((long) DOUBLINGS * PARTS - 1, (long) doubling * PARTS + part);
    }

    /// The least number of a size.
    private static double bound(int size) {
        return Math.scalb(1 + (size % PARTS) / (double) PARTS, size / PARTS);
    }
}
