// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What counting values costs those who write: the committer on two disks, one of which is asked for no header and
/// keeps no total. A write is what the key-value engine makes of one: it reads a record and replaces it, and puts a
/// new one of 1 KiB. Nothing is encrypted and nothing goes over a socket, so the cost has nowhere to hide.
final class CensusCost {
    private static final int IN_FLIGHT = 64;
    private static final int KEYS = 4_000;
    private static final int WARM_UPS = 6;
    private static final Scope SCOPE = new Scope("bench");
    private static final String WITH = "writes with the census";
    private static final String WITHOUT = "writes without it";
    private static final String COST = ", processor time";

    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();
    private final SplittableRandom dice = new SplittableRandom();
    private long made;

    CensusCost(Path room, int rounds, Duration span) {
        this.room = room;
        this.rounds = rounds;
        this.span = span;
    }

    void run() throws IOException, InterruptedException {
        Observer quiet = event -> {};
        try (Disk counted = RocksDbDisk.open(room.resolve("counted"));
                Disk plain = new Uncounted(RocksDbDisk.open(room.resolve("uncounted")));
                ExecutorService log = Executors.newSingleThreadExecutor();
                Committer with = new Committer(counted, log, quiet, Time.system());
                Committer without = new Committer(plain, log, quiet, Time.system())) {
            for (int round = -WARM_UPS; round < rounds; round++) {
                boolean first = dice.nextBoolean();
                Figures into = round < 0 ? new Figures() : figures;
                measure(first ? WITH : WITHOUT, first ? with : without, into);
                measure(first ? WITHOUT : WITH, first ? without : with, into);
            }
        }
        Table table = new Table(figures);
        table.title(IN_FLIGHT + " in flight", rounds, span.toMillis());
        table.rate(WITHOUT);
        table.rate(WITH);
        table.ratio("  of those without it", WITH, WITHOUT, "0.97");
        table.ratio("  processor time of one, of that", WITH + COST, WITHOUT + COST, "1.03");
        table.print(System.out);
    }

    private void measure(String name, Committer committer, Figures into) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        long count = 0;
        Duration busy = processorTime();
        long began = System.nanoTime();
        while (System.nanoTime() - began < span.toNanos()) {
            free.acquire();
            write(committer).whenComplete((done, failure) -> free.release());
            count++;
        }
        free.acquire(IN_FLIGHT);
        into.add(name, count * 1e9 / (System.nanoTime() - began));
        into.add(name + COST, (double) processorTime().minus(busy).toNanos() / count);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private CompletionStage<Boolean> write(Committer committer) {
        String name = "app/" + dice.nextInt(KEYS);
        StorageKey record = new StorageKey(SCOPE, "record/" + name);
        StorageKey version = new StorageKey(SCOPE, "version/" + name + "/" + made++);
        Ciphertext small = value(200);
        Ciphertext large = value(1_024);
        return committer.write(writer -> {
            boolean known = writer.get(record).isPresent();
            writer.put(record, small);
            writer.put(version, large);
            return known;
        });
    }

    /// Of term 1.
    private Ciphertext value(int bytes) {
        byte[] random = new byte[bytes];
        dice.nextBytes(random);
        return new Ciphertext(ByteBuffer.wrap(random).put((byte) 1).putInt(1).array());
    }
}
