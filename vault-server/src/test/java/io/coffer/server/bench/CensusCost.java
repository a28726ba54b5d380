// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import com.sun.management.ThreadMXBean;
import io.coffer.core.storage.CensusSwitch;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.server.ServedVault;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// What counting values costs those who write: in one vault the census is off, off again and on, in turn and for a
/// moment each, so that nothing else differs. It is compared to both without it together; one of these to both shows
/// how far a ratio can be trusted. Each has secrets of its own, so that what was written without the census stays
/// without it.
///
/// The vault is served in this process, so that its census can be turned, and every batch is synced. Processor time is
/// that of all threads of Java but the one that makes the load: event loops, workers, the log.
final class CensusCost {
    private static final int CONNECTIONS = 64;
    private static final int SECRETS = 2_000;
    private static final int KEPT = 10;
    private static final int WARM_UPS = 3;
    private static final long MOMENT = Duration.ofMillis(50).toNanos();
    private static final String DATA = "{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}";
    private static final Requests.Form PLAIN = new Requests.Form("POST", ServedVault.TOKEN, DATA);
    private static final Requests.Form VERSION =
            new Requests.Form("POST", ServedVault.TOKEN, "{\"data\":" + DATA + "}");
    private static final String ON = " with the census";
    private static final String OFF = " without the census";
    private static final String CHANCE = " by chance";
    private static final String COST = ", processor time";
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();
    private final SplittableRandom dice = new SplittableRandom();
    private final CensusSwitch census = new CensusSwitch();
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

    void run() throws IOException {
        try (Disk disk = RocksDbDisk.open(room.resolve("store"));
                ExecutorService log = Executors.newSingleThreadExecutor();
                Committer committer = census.committer(disk, log);
                ServedVault vault = new ServedVault(committer);
                Connections connections = new Connections(vault.port(), CONNECTIONS)) {
            fill(connections);
            for (Write write : Write.values()) {
                for (int round = -WARM_UPS; round < rounds; round++) {
                    measure(connections, write, round < 0 ? new Figures() : figures);
                }
            }
        }
        print();
    }

    private void print() {
        Table table = new Table(figures);
        table.title(CONNECTIONS + " connections", rounds, span.toMillis());
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
    private void fill(Connections connections) throws IOException {
        for (Mode mode : Mode.values()) {
            census.turn(mode == Mode.ON);
            AtomicInteger sent = new AtomicInteger();
            connections.run(
                    () -> request(Write.NEXT_VERSION, mode, sent.getAndIncrement() % SECRETS),
                    () -> sent.get() < KEPT * SECRETS);
        }
    }

    private void measure(Connections connections, Write write, Figures into) throws IOException {
        Map<Mode, Effort> efforts = new EnumMap<>(Mode.class);
        List<Mode> modes = new ArrayList<>(List.of(Mode.values()));
        for (long left = span.toNanos(); left > 0; left -= MOMENT) {
            Collections.shuffle(modes);
            for (Mode mode : modes) {
                efforts.merge(mode, moment(connections, write, mode), Effort::plus);
            }
        }
        Effort again = efforts.get(Mode.OFF_AGAIN);
        efforts.get(Mode.ON).addTo(into, write.title + ON);
        efforts.get(Mode.OFF).plus(again).addTo(into, write.title + OFF);
        again.addTo(into, write.title + CHANCE);
    }

    private Effort moment(Connections connections, Write write, Mode mode) throws IOException {
        census.turn(mode == Mode.ON);
        long busy = processorNanos();
        long began = System.nanoTime();
        long writes = connections.run(
                () -> request(write, mode, dice.nextInt(SECRETS)), () -> System.nanoTime() - began < MOMENT);
        return new Effort(writes, System.nanoTime() - began, processorNanos() - busy);
    }

    private static long processorNanos() {
        long[] all = THREADS.getAllThreadIds();
        return LongStream.of(THREADS.getThreadCpuTime(all))
                        .filter(nanos -> nanos > 0)
                        .sum()
                - THREADS.getCurrentThreadCpuTime();
    }

    private byte[] request(Write write, Mode mode, int which) {
        return switch (write) {
            case NEXT_VERSION -> VERSION.bytes("/v1/secret/data/app/" + mode.secret(which));
            case OVERWRITE -> PLAIN.bytes("/v1/plain/app/" + mode.secret(which));
            case NEW_SECRET -> VERSION.bytes("/v1/secret/data/new/" + mode.secret(created++));
        };
    }
}
