// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.UncountedCommitter;
import io.coffer.server.PipelineVault;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/// What counting values costs those who write: three vaults on disks of their own, one of which counts; the
/// other two, which do not, differ by chance alone, and so show how far a ratio of one run can be trusted.
/// Requests go through the whole pipeline and every batch is synced, but nothing goes over a socket.
///
/// Processor time is that of the two threads that a write needs: the one that runs requests, and the log. What else
/// runs in the process, as the disk's compaction, belongs to writes of another moment; the rates bear it, so they are
/// taken over spans that are long beside it.
final class CensusCost {
    private static final int IN_FLIGHT = 64;
    private static final int SECRETS = 2_000;
    private static final int KEPT = 10;
    private static final int WARM_UPS = 3;
    private static final String DATA = "{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}";
    private static final String WITHOUT = " without the census";
    private static final String AGAIN = " without it again";
    private static final String WITH = " with the census";
    private static final String COST = ", processor time";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();
    private final SplittableRandom dice = new SplittableRandom();
    private long created;

    CensusCost(Path room, int rounds, Duration span) {
        this.room = room;
        this.rounds = rounds;
        this.span = span;
    }

    /// What is written, and where.
    private enum Write {
        NEW_SECRET("new secret"),
        NEXT_VERSION("next version, drops an old one"),
        OVERWRITE("value in place of another (v1)");

        private final String title;

        Write(String title) {
            this.title = title;
        }
    }

    /// The thread of a committer's log.
    private static final class LogThread implements AutoCloseable {
        private Optional<Thread> thread = Optional.empty();
        private final ExecutorService executor = Executors.newSingleThreadExecutor(this::start);

        private Thread start(Runnable work) {
            Thread started = new Thread(work, "log");
            thread = Optional.of(started);
            return started;
        }

        long processorNanos() {
            return THREADS.getThreadCpuTime(thread.orElseThrow().threadId());
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    /// One of the vaults.
    private record Target(String kind, Disk disk, LogThread log, Committer committer, PipelineVault vault)
            implements AutoCloseable {
        static Target open(String kind, Path directory, BiFunction<Disk, ExecutorService, Committer> committers) {
            Disk disk = RocksDbDisk.open(directory);
            LogThread log = new LogThread();
            Committer committer = committers.apply(disk, log.executor);
            return new Target(kind, disk, log, committer, new PipelineVault(committer));
        }

        @Override
        public void close() {
            vault.close();
            committer.close();
            log.close();
            disk.close();
        }
    }

    void run() throws IOException, InterruptedException {
        try (Target without = Target.open(WITHOUT, room.resolve("uncounted"), UncountedCommitter::over);
                Target again = Target.open(AGAIN, room.resolve("again"), UncountedCommitter::over);
                Target with = Target.open(
                        WITH,
                        room.resolve("counted"),
                        (disk, log) -> new Committer(disk, log, Observer.none(), Time.system()))) {
            List<Target> all = new ArrayList<>(List.of(without, again, with));
            all.forEach(CensusCost::fill);
            for (int round = -WARM_UPS; round < rounds; round++) {
                Figures into = round < 0 ? new Figures() : figures;
                for (Write write : Write.values()) {
                    Collections.shuffle(all);
                    for (Target target : all) {
                        measure(target, write, into);
                    }
                }
            }
        }
        print();
    }

    private void print() {
        Table table = new Table(figures);
        table.title(IN_FLIGHT + " in flight", rounds, span.toMillis());
        for (Write write : Write.values()) {
            String without = write.title + WITHOUT;
            String again = write.title + AGAIN;
            String with = write.title + WITH;
            table.rate(without);
            table.rate(with);
            table.ratio("  of those without it", with, without, "0.97");
            table.ratio("  by chance", again, without, "");
            table.ratio("  processor time of one, of that", with + COST, without + COST, "1.03");
            table.ratio("  by chance", again + COST, without + COST, "");
        }
        table.print(System.out);
    }

    /// So that each next version drops one.
    private static void fill(Target target) {
        for (int version = 0; version < KEPT; version++) {
            for (int i = 0; i < SECRETS; i++) {
                target.vault.write("secret/data/app/" + i, "{\"data\":" + DATA + "}");
            }
            target.vault
                    .write("secret/data/last", "{\"data\":{}}")
                    .toCompletableFuture()
                    .join();
        }
    }

    private void measure(Target target, Write write, Figures into) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        long count = 0;
        long busy = processorNanos(target);
        long began = System.nanoTime();
        while (System.nanoTime() - began < span.toNanos()) {
            free.acquire();
            write(target.vault, write).whenComplete((done, failure) -> free.release());
            count++;
        }
        free.acquire(IN_FLIGHT);
        String name = write.title + target.kind;
        into.add(name, count * 1e9 / (System.nanoTime() - began));
        into.add(name + COST, (double) (processorNanos(target) - busy) / count);
    }

    private static long processorNanos(Target target) {
        return THREADS.getCurrentThreadCpuTime() + target.log.processorNanos();
    }

    private CompletionStage<?> write(PipelineVault vault, Write write) {
        int which = dice.nextInt(SECRETS);
        return switch (write) {
            case NEW_SECRET -> vault.write("secret/data/new/" + created++, "{\"data\":" + DATA + "}");
            case NEXT_VERSION -> vault.write("secret/data/app/" + which, "{\"data\":" + DATA + "}");
            case OVERWRITE -> vault.write("plain/app/" + which, DATA);
        };
    }
}
