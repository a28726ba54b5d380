// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends a call that takes too long by closing its connection. One mechanism for every kind of link, and for
/// a server that sends one byte a minute, which a read timeout never notices.
final class Deadline implements AutoCloseable {
    private final long endNanos;
    private final Thread watch;
    private @Nullable Closeable guarded;
    private boolean passed;
    private boolean over;

    Deadline(Duration limit) {
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.watch = new Thread(this::watch, "deadline");
        watch.setDaemon(true);
        watch.start();
    }

    /// From now on this is what gets closed when the time is up; at once if it already is.
    void guard(Closeable link) {
        synchronized (this) {
            guarded = link;
            if (!passed) {
                return;
            }
        }
        closeQuietly(link);
    }

    /// For whoever keeps the link beyond this call.
    synchronized void release() {
        guarded = null;
    }

    synchronized boolean passed() {
        return passed;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    private void watch() {
        Closeable link;
        synchronized (this) {
            for (long left = remaining().toMillis();
                    left > 0 && !over;
                    left = remaining().toMillis()) {
                try {
                    wait(left);
                } catch (InterruptedException unexpected) {
                    return;
                }
            }
            if (over) {
                return;
            }
            passed = true;
            link = guarded;
        }
        if (link != null) {
            closeQuietly(link);
        }
    }

    static void closeQuietly(Closeable link) {
        try {
            link.close();
        } catch (IOException goneAnyway) {
            // A connection that cannot be closed is not one that can be used.
        }
    }
}
