// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import io.coffer.core.audit.AuditDevice;
import io.coffer.core.audit.AuditOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// An audit device over a file or standard output. One thread takes all entries that wait, writes them at
/// once and completes them, so a device costs a system call for each batch and not for each entry.
///
/// Written means: the system has it, and it survives the end of this process. It is not synced: a power cut
/// can take the last seconds.
public final class FileSink implements AuditDevice, AutoCloseable {
    private static final int BUFFER = 256 << 10;

    private final String name;
    private final AuditOptions options;
    private final Target target;
    private final SinkLimits limits;
    private final LineQueue queue;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread;

    /// Of the sink's thread; empty after a failure, until it could be opened again.
    private Optional<Target.Opened> opened;

    private FileSink(String name, AuditOptions options, Target target, SinkLimits limits) throws IOException {
        this.name = name;
        this.options = options;
        this.target = target;
        this.limits = limits;
        this.queue = new LineQueue(limits);
        this.opened = Optional.of(target.open());
        this.thread = Thread.ofPlatform().daemon().name("audit-" + name).unstarted(this::run);
    }

    /// Opens the target and starts the thread.
    ///
    /// @throws IOException if the target does not open
    static FileSink start(String name, AuditOptions options, Target target, SinkLimits limits) throws IOException {
        FileSink sink = new FileSink(name, options, target, limits);
        sink.thread.start();
        return sink;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AuditOptions options() {
        return options;
    }

    @Override
    public CompletionStage<Void> write(byte[] lines) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!queue.offer(new LineQueue.Entry(lines, done))) {
            done.completeExceptionally(new IOException("more entries wait already than the device holds"));
        }
        return done;
    }

    @Override
    public CompletionStage<Void> reopen() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!queue.offerReopening(done)) {
            done.completeExceptionally(new IOException("the device is closed"));
        }
        return done;
    }

    /// Writes what was handed over and closes the target, unless that takes longer than the limit.
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(limits.closing());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean last = false;
        while (!last) {
            LineQueue.Work work = queue.take();
            work.reopenings().forEach(this::reopen);
            if (!work.entries().isEmpty()) {
                write(work.entries());
            }
            last = work.last();
        }
        forget();
    }

    private void reopen(CompletableFuture<Void> done) {
        try {
            Target.Opened anew = target.open();
            forget();
            opened = Optional.of(anew);
            done.complete(null);
        } catch (IOException | RuntimeException failed) {
            done.completeExceptionally(failed);
        }
    }

    private void write(List<LineQueue.Entry> entries) {
        Progress progress = new Progress();
        try {
            if (opened.isEmpty()) {
                opened = Optional.of(target.open());
            }
            write(entries, opened.get(), progress);
        } catch (IOException | RuntimeException failed) {
            progress.failure = Optional.of(failed);
            forget();
        }
        long end = 0;
        for (LineQueue.Entry entry : entries) {
            end += entry.lines().length;
            if (end <= progress.written) {
                entry.done().complete(null);
            } else {
                entry.done().completeExceptionally(progress.failure.orElseThrow());
            }
        }
    }

    private void write(List<LineQueue.Entry> entries, Target.Opened to, Progress progress) throws IOException {
        buffer.clear();
        if (to.midLine()) {
            progress.written--;
            buffer.put((byte) '\n');
            opened = Optional.of(new Target.Opened(to.channel(), false));
        }
        for (LineQueue.Entry entry : entries) {
            byte[] lines = entry.lines();
            for (int at = 0; at < lines.length; ) {
                int count = Math.min(buffer.remaining(), lines.length - at);
                buffer.put(lines, at, count);
                at += count;
                if (!buffer.hasRemaining()) {
                    drain(to, progress);
                }
            }
        }
        drain(to, progress);
    }

    private void drain(Target.Opened to, Progress progress) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            progress.written += to.channel().write(buffer);
        }
        buffer.clear();
    }

    /// The next entry opens the target anew; a line that was cut off is seen then.
    private void forget() {
        opened.ifPresent(old -> {
            try {
                old.channel().close();
            } catch (IOException failed) {
                // nothing was buffered, so nothing is lost
            }
        });
        opened = Optional.empty();
    }

    /// How far a batch came.
    private static final class Progress {
        long written;
        Optional<Exception> failure = Optional.empty();
    }
}
