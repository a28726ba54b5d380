// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// What counting values costs those who write: the barrier on two disks, one of which is asked for no
/// header and keeps no total. A write is what the key-value engine makes of one: it reads a record and
/// replaces it, and puts a new one of 1 KiB; or it also drops an old one, whose header must be looked at.
/// No request is parsed and nothing goes over a socket, so the cost has little to hide behind.
final class CensusCost {
    private static final int IN_FLIGHT = 64;
    private static final int KEYS = 4_000;
    private static final int WARM_UPS = 6;
    private static final Scope SCOPE = new Scope("11111111-2222-3333-4444-555555555555");
    private static final int KEPT = 10;
    private static final String WITH = " with the census";
    private static final String WITHOUT = " without it";
    private static final String COST = ", processor time";

    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();
    private final SplittableRandom dice = new SplittableRandom();

    /// Each on two disks of its own.
    private enum Write {
        ADDS("new version"),
        REPLACES("new version for an old one");

        private final String title;

        Write(String title) {
            this.title = title;
        }
    }

    /// What one write is made to.
    private static final class Target {
        private final String name;
        private final Barrier barrier;
        private final boolean drops;
        private final long[] versions = new long[KEYS];

        Target(Write write, String census, Committer committer) {
            this.name = write.title + census;
            this.barrier = barrier(committer);
            this.drops = write == Write.REPLACES;
        }
    }

    CensusCost(Path room, int rounds, Duration span) {
        this.room = room;
        this.rounds = rounds;
        this.span = span;
    }

    void run() throws IOException, InterruptedException {
        for (Write write : Write.values()) {
            compare(write);
        }
        Table table = new Table(figures);
        table.title(IN_FLIGHT + " in flight", rounds, span.toMillis());
        for (Write write : Write.values()) {
            String with = write.title + WITH;
            String without = write.title + WITHOUT;
            table.rate(without);
            table.rate(with);
            table.ratio("  of those without it", with, without, "0.97");
            table.ratio("  processor time of one, of that", with + COST, without + COST, "1.03");
        }
        table.print(System.out);
    }

    private void compare(Write write) throws IOException, InterruptedException {
        Observer quiet = event -> {};
        Path disks = Files.createDirectory(room.resolve(write.name()));
        try (Disk counted = RocksDbDisk.open(disks.resolve("counted"));
                Disk plain = new Uncounted(RocksDbDisk.open(disks.resolve("uncounted")));
                ExecutorService log = Executors.newSingleThreadExecutor();
                Committer counting = new Committer(counted, log, quiet, Time.system());
                Committer uncounting = new Committer(plain, log, quiet, Time.system())) {
            Target with = new Target(write, WITH, counting);
            Target without = new Target(write, WITHOUT, uncounting);
            for (int round = -WARM_UPS; round < rounds; round++) {
                boolean first = dice.nextBoolean();
                Figures into = round < 0 ? new Figures() : figures;
                measure(first ? with : without, into);
                measure(first ? without : with, into);
            }
            with.barrier.close();
            without.barrier.close();
        }
    }

    private static Barrier barrier(Committer committer) {
        SecureRandom random = new SecureRandom();
        Secret root = Secret.random(RootKey.BYTES, random);
        Barrier barrier = new Barrier(committer, new RootKey(new StoreId(1, 2), 1, root), random);
        barrier.govern(writer -> {
                    Stream.of(Scope.KEYS, SCOPE).forEach(scope -> writer.createKeyring(scope, Instant.now()));
                    return true;
                })
                .toCompletableFuture()
                .join();
        return barrier;
    }

    private void measure(Target target, Figures into) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        long count = 0;
        Duration busy = processorTime();
        long began = System.nanoTime();
        while (System.nanoTime() - began < span.toNanos()) {
            free.acquire();
            write(target).whenComplete((done, failure) -> free.release());
            count++;
        }
        free.acquire(IN_FLIGHT);
        into.add(target.name, count * 1e9 / (System.nanoTime() - began));
        into.add(target.name + COST, (double) processorTime().minus(busy).toNanos() / count);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private CompletionStage<Boolean> write(Target target) {
        int which = dice.nextInt(KEYS);
        long number = target.versions[which]++;
        StorageKey record = new StorageKey(SCOPE, "record/app/" + which);
        Plaintext small = value(200);
        Plaintext large = value(1_024);
        return target.barrier.write(writer -> {
            boolean known = writer.get(record).isPresent();
            writer.put(record, small);
            if (target.drops && number >= KEPT) {
                writer.delete(version(which, number - KEPT));
            }
            writer.create(version(which, number), large);
            return known;
        });
    }

    private static StorageKey version(int which, long number) {
        return new StorageKey(SCOPE, "version/app/" + which + "/" + number);
    }

    private Plaintext value(int bytes) {
        byte[] random = new byte[bytes];
        dice.nextBytes(random);
        return new Plaintext(random);
    }
}
