// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What waits for a sink's thread, in order and bounded.
final class LineQueue {
    private final SinkLimits limits;
    private List<Entry> entries = new ArrayList<>();
    private List<CompletableFuture<Void>> reopenings = new ArrayList<>();
    private long bytes;
    private boolean closed;

    record Entry(byte[] lines, CompletableFuture<Void> done) {}

    /// Everything that waited.
    ///
    /// @param last whether nothing comes after it
    record Work(List<CompletableFuture<Void>> reopenings, List<Entry> entries, boolean last) {}

    LineQueue(SinkLimits limits) {
        this.limits = limits;
    }

    /// Whether there was room.
    synchronized boolean offer(Entry entry) {
        boolean full = !entries.isEmpty()
                && (entries.size() >= limits.entries() || bytes + entry.lines.length > limits.bytes());
        if (closed || full) {
            return false;
        }
        entries.add(entry);
        bytes += entry.lines.length;
        notifyAll();
        return true;
    }

    synchronized boolean offerReopening(CompletableFuture<Void> done) {
        if (closed) {
            return false;
        }
        reopenings.add(done);
        notifyAll();
        return true;
    }

    /// Waits for work and takes all of it.
    synchronized Work take() {
        boolean interrupted = false;
        while (entries.isEmpty() && reopenings.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Work work = new Work(reopenings, entries, closed);
        reopenings = new ArrayList<>();
        entries = new ArrayList<>();
        bytes = 0;
        return work;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
