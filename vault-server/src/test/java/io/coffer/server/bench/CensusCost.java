// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.storage.CensusSwitch;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.server.PipelineVault;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What counting values costs those who write: in one vault the census is off, off again and on, in turn and for a
/// moment each, so that nothing else differs. It is compared to both without it together; one of these to both shows
/// how far a ratio can be trusted. Each has secrets of its own, so that what was written without the census stays
/// without it.
///
/// Requests go through the whole pipeline and every batch is synced, but nothing goes over a socket. Processor time
/// is that of the two threads that a write needs: the one that runs requests, and the log.
final class CensusCost {
    private static final int IN_FLIGHT = 64;
    private static final int SECRETS = 2_000;
    private static final int KEPT = 10;
    private static final int WARM_UPS = 3;
    private static final long MOMENT = Duration.ofMillis(25).toNanos();
    private static final String DATA = "{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}";
    private static final String ON = " with the census";
    private static final String OFF = " without the census";
    private static final String CHANCE = " by chance";
    private static final String COST = ", processor time";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();
    private final SplittableRandom dice = new SplittableRandom();
    private final CensusSwitch census = new CensusSwitch();
    private final LogThread log = new LogThread();
    private long created;

    CensusCost(Path room, int rounds, Duration span) {
        this.room = room;
        this.rounds = rounds;
        this.span = span;
    }

    /// What is written, and where; that which makes the store grow comes last.
    private enum Write {
        NEXT_VERSION("next version, drops an old one"),
        OVERWRITE("value in place of another (v1)"),
        NEW_SECRET("new secret");

        private final String title;

        Write(String title) {
            this.title = title;
        }
    }

    /// Who writes.
    private enum Mode {
        OFF(0),
        OFF_AGAIN(1),
        ON(2);

        private final int place;

        Mode(int place) {
            this.place = place;
        }

        /// Names of one length, in which each stands in the middle of the others as often as they.
        private String secret(long which) {
            return which + "-" + (which + place) % 3;
        }
    }

    /// The thread of the committer's log.
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

    /// What a number of writes took.
    private record Effort(long writes, long nanos, long processorNanos) {
        Effort plus(Effort other) {
            return new Effort(writes + other.writes, nanos + other.nanos, processorNanos + other.processorNanos);
        }

        void addTo(Figures figures, String name) {
            figures.add(name, writes * 1e9 / nanos);
            figures.add(name + COST, (double) processorNanos / writes);
        }
    }

    void run() throws IOException, InterruptedException {
        try (Disk disk = RocksDbDisk.open(room.resolve("store"));
                log;
                Committer committer = census.committer(disk, log.executor);
                PipelineVault vault = new PipelineVault(committer)) {
            fill(vault);
            for (Write write : Write.values()) {
                for (int round = -WARM_UPS; round < rounds; round++) {
                    measure(vault, write, round < 0 ? new Figures() : figures);
                }
            }
        }
        print();
    }

    private void print() {
        Table table = new Table(figures);
        table.title(IN_FLIGHT + " in flight", rounds, span.toMillis());
        for (Write write : Write.values()) {
            String on = write.title + ON;
            String off = write.title + OFF;
            String chance = write.title + CHANCE;
            table.line("%s", write.title);
            table.rate("  without the census", off);
            table.ratio("  with it, of that", on, off, "0.97");
            table.ratio("  by chance", chance, off, "");
            table.ratio("  processor time, of one without it", on + COST, off + COST, "1.03");
            table.ratio("  by chance", chance + COST, off + COST, "");
        }
        table.print(System.out);
    }

    /// So that each next version drops one.
    private void fill(PipelineVault vault) throws InterruptedException {
        for (int version = 0; version < KEPT; version++) {
            for (Mode mode : Mode.values()) {
                Semaphore free = begin(mode);
                for (int i = 0; i < SECRETS; i++) {
                    send(free, vault, Write.NEXT_VERSION, mode, i);
                }
                free.acquire(IN_FLIGHT);
            }
        }
    }

    private void measure(PipelineVault vault, Write write, Figures into) throws InterruptedException {
        Map<Mode, Effort> efforts = new EnumMap<>(Mode.class);
        List<Mode> modes = new ArrayList<>(List.of(Mode.values()));
        for (long left = span.toNanos(); left > 0; left -= MOMENT) {
            Collections.shuffle(modes);
            for (Mode mode : modes) {
                efforts.merge(mode, moment(vault, write, mode), Effort::plus);
            }
        }
        Effort again = efforts.get(Mode.OFF_AGAIN);
        efforts.get(Mode.ON).addTo(into, write.title + ON);
        efforts.get(Mode.OFF).plus(again).addTo(into, write.title + OFF);
        again.addTo(into, write.title + CHANCE);
    }

    private Effort moment(PipelineVault vault, Write write, Mode mode) throws InterruptedException {
        Semaphore free = begin(mode);
        long count = 0;
        long busy = processorNanos();
        long began = System.nanoTime();
        for (; System.nanoTime() - began < MOMENT; count++) {
            send(free, vault, write, mode, dice.nextInt(SECRETS));
        }
        free.acquire(IN_FLIGHT);
        return new Effort(count, System.nanoTime() - began, processorNanos() - busy);
    }

    private Semaphore begin(Mode mode) {
        census.turn(mode == Mode.ON);
        return new Semaphore(IN_FLIGHT);
    }

    private long processorNanos() {
        return THREADS.getCurrentThreadCpuTime() + log.processorNanos();
    }

    private void send(Semaphore free, PipelineVault vault, Write write, Mode mode, int which)
            throws InterruptedException {
        free.acquire();
        write(vault, write, mode, which).whenComplete((done, failure) -> free.release());
    }

    private CompletionStage<?> write(PipelineVault vault, Write write, Mode mode, int which) {
        return switch (write) {
            case NEW_SECRET -> vault.write("secret/data/new/" + mode.secret(created++), "{\"data\":" + DATA + "}");
            case NEXT_VERSION -> vault.write("secret/data/app/" + mode.secret(which), "{\"data\":" + DATA + "}");
            case OVERWRITE -> vault.write("plain/app/" + mode.secret(which), DATA);
        };
    }
}
