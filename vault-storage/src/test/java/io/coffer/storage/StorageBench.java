// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.Observer;
import io.coffer.core.TestVault;
import io.coffer.core.Time;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Durable commits a second, as medians of interleaved rounds and as ratios to plain synced puts: run
/// {@code main} with a directory on the disk in question.
final class StorageBench {
    private static final Folder ROOT = Folder.of(new Scope("bench"));
    private static final int KEYS = 100_000;
    private static final int VALUE_BYTES = 256;
    /// Of an entry: format, term, nonce and tag.
    private static final int OVERHEAD_BYTES = 45;

    private static final int IN_FLIGHT = 64;

    private final Path file;
    private final long roundMillis;
    private final Disk disk;
    private final Committer storage;
    private final TestVault vault;
    private final byte[] value = new byte[VALUE_BYTES];

    private StorageBench(Path directory, ExecutorService logThread, long roundMillis) {
        this.file = directory.resolve("appended");
        this.roundMillis = roundMillis;
        new SplittableRandom(1).nextBytes(value);
        disk = RocksDbDisk.open(directory.resolve("data"));
        storage = new Committer(disk, logThread, Observer.none(), Time.system());
        vault = TestVault.open(
                TestVault.Setup.over(RocksDbDisk.open(directory.resolve("vault")))
                        .log(logThread)
                        .random(new SecureRandom()),
                1,
                1);
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.getInteger("coffer.rounds", 5);
        Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("storage-bench");
        try (ExecutorService logThread = Executors.newSingleThreadExecutor()) {
            StorageBench bench = new StorageBench(directory, logThread, Long.getLong("coffer.round", 2_000));
            bench.fill();
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) { // the first one warms up
                boolean counts = round > 0;
                bench.round().forEach((name, rate) -> {
                    List<Double> all = rates.computeIfAbsent(name, n -> new ArrayList<>());
                    if (counts) {
                        all.add(rate);
                    }
                });
            }
            print(rates);
            bench.storage.close();
            bench.disk.close();
            bench.vault.close();
            bench.vault.disk().close();
        }
    }

    private static void print(Map<String, List<Double>> rates) {
        double base = 0;
        for (Map.Entry<String, List<Double>> entry : rates.entrySet()) {
            double median = entry.getValue().stream()
                    .sorted()
                    .toList()
                    .get(entry.getValue().size() / 2);
            base = base == 0 ? median : base;
            System.out.printf("%-48s %9.0f/s %6.2f%n", entry.getKey(), median, median / base);
        }
    }

    private Map<String, Double> round() throws Exception {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("two synced puts, 64 threads", plainPuts(IN_FLIGHT));
        rates.put("two gets and two puts, 64 in flight", transactions(IN_FLIGHT, KEYS));
        rates.put("the same, all of them encrypted", encrypted(IN_FLIGHT));
        rates.put("the same with a list", lists(IN_FLIGHT));
        rates.put("one hot key, 64 in flight", transactions(IN_FLIGHT, 1));
        rates.put("one hot key, two synced puts, 64 threads", plainPuts(IN_FLIGHT));
        rates.put("two synced puts, 1 thread", plainPuts(1));
        rates.put("two gets and two puts, 1 in flight", transactions(1, KEYS));
        rates.put("the same, all of them encrypted, 1 in flight", encrypted(1));
        rates.put("synced appends of a file", appends());
        rates.put("gets of a snapshot, 2 threads", gets());
        return rates;
    }

    private static StorageKey key(int number) {
        return ROOT.key("data/f" + number % 100 + "/k" + number);
    }

    private static StorageKey secret(int number) {
        return new StorageKey(Scope.SYSTEM, "bench/f" + number % 100 + "/k" + number);
    }

    private Ciphertext fresh() {
        byte[] bytes = Arrays.copyOf(value, VALUE_BYTES);
        bytes[0] = 1;
        bytes[1] = bytes[2] = bytes[3] = 0;
        bytes[4] = 1;
        return new Ciphertext(bytes);
    }

    private void fill() {
        for (int start = 0; start < KEYS; start += 1_000) {
            int from = start;
            storage.write(w -> {
                        for (int i = from; i < from + 1_000; i++) {
                            w.put(key(i), fresh());
                        }
                        return 0;
                    })
                    .toCompletableFuture()
                    .join();
            vault.change(w -> {
                for (int i = from; i < from + 1_000; i++) {
                    w.put(secret(i), new Plaintext(Arrays.copyOf(value, VALUE_BYTES - OVERHEAD_BYTES)));
                }
            });
        }
    }

    private double plainPuts(int threads) throws InterruptedException {
        return rate(threads, (dice, count) -> {
            disk.write(List.of(plainPut(dice), plainPut(dice)));
            count.increment();
        });
    }

    /// Of a scope of its own, so that the census stays true.
    private Disk.Change plainPut(SplittableRandom dice) {
        StorageKey key = new StorageKey(new Scope("plain"), "data/k" + dice.nextInt(KEYS));
        return new Disk.Change.Put(key.scope().family(), key.encoded(), fresh().bytes());
    }

    private double transactions(int inFlight, int keys) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        double rate = rate(Math.min(2, inFlight), (dice, count) -> {
            permits.acquireUninterruptibly();
            StorageKey one = key(dice.nextInt(keys));
            StorageKey two = key(dice.nextInt(keys));
            storage.write(w -> {
                        int read = w.get(one).map(Ciphertext::length).orElse(0);
                        read += w.get(two).map(Ciphertext::length).orElse(0);
                        w.put(one, fresh());
                        w.put(two, fresh());
                        return read;
                    })
                    .whenComplete((done, failed) -> {
                        permits.release();
                        count.increment();
                    });
        });
        permits.acquireUninterruptibly(inFlight);
        return rate;
    }

    /// The same through the barrier: two values decrypted and two encrypted, each as long on the disk as elsewhere.
    private double encrypted(int inFlight) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        byte[] plain = Arrays.copyOf(value, VALUE_BYTES - OVERHEAD_BYTES);
        double rate = rate(Math.min(2, inFlight), (dice, count) -> {
            permits.acquireUninterruptibly();
            StorageKey one = secret(dice.nextInt(KEYS));
            StorageKey two = secret(dice.nextInt(KEYS));
            vault.vault()
                    .unsealed(barrier -> barrier.govern(w -> {
                        int read = w.get(one).map(found -> found.bytes().length).orElse(0);
                        read += w.get(two).map(found -> found.bytes().length).orElse(0);
                        w.put(one, new Plaintext(plain));
                        w.put(two, new Plaintext(plain));
                        return read;
                    }))
                    .whenComplete((done, failed) -> {
                        permits.release();
                        count.increment();
                    });
        });
        permits.acquireUninterruptibly(inFlight);
        return rate;
    }

    private double lists(int inFlight) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        double rate = rate(Math.min(2, inFlight), (dice, count) -> {
            permits.acquireUninterruptibly();
            StorageKey one = key(dice.nextInt(KEYS));
            StorageKey two = key(dice.nextInt(KEYS));
            Folder folder = ROOT.folder("data/f" + dice.nextInt(100));
            storage.write(w -> {
                        int read = w.get(one).map(Ciphertext::length).orElse(0);
                        read += w.get(two).map(Ciphertext::length).orElse(0);
                        read += w.list(folder, "", 10).items().size();
                        w.put(one, fresh());
                        w.put(two, fresh());
                        return read;
                    })
                    .whenComplete((done, failed) -> {
                        permits.release();
                        count.increment();
                    });
        });
        permits.acquireUninterruptibly(inFlight);
        return rate;
    }

    private double gets() throws InterruptedException {
        return rate(2, (dice, count) -> {
            storage.<Integer>read(
                    r -> r.get(key(dice.nextInt(KEYS))).map(Ciphertext::length).orElse(0));
            count.increment();
        });
    }

    private double appends() throws Exception {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            return rate(1, (dice, count) -> {
                try {
                    channel.write(ByteBuffer.wrap(value));
                    channel.force(false);
                    count.increment();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private interface Step {
        void run(SplittableRandom dice, LongAdder count);
    }

    private double rate(int threads, Step step) throws InterruptedException {
        LongAdder count = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                SplittableRandom dice = new SplittableRandom(i + System.nanoTime());
                pool.execute(() -> {
                    while (!over.get()) {
                        step.run(dice, count);
                    }
                });
            }
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(roundMillis);
            double rate = count.sum() * 1e9 / (System.nanoTime() - start);
            over.set(true);
            return rate;
        }
    }
}
