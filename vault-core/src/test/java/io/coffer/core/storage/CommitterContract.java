// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.SCOPE;
import static io.coffer.core.storage.Entries.done;
import static io.coffer.core.storage.Entries.isDone;
import static io.coffer.core.storage.Entries.number;
import static io.coffer.core.storage.Entries.put;
import static io.coffer.core.storage.Entries.text;
import static io.coffer.core.storage.Entries.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// Size: one contract, to be read and run as a whole by whoever writes a disk.
/// What the committer promises over every disk.
public abstract class CommitterContract {
    private final ExecutorService logThread = Executors.newSingleThreadExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private Disk disk;
    private Committer storage;

    /// A new, empty disk.
    protected abstract Disk create();

    /// The same disk after a crash: whatever was not closed is not.
    protected abstract Disk crashAndReopen(Disk crashed);

    @BeforeEach
    void openStorage() {
        disk = create();
        storage = new Committer(disk, logThread, Observer.none(), Time.system());
    }

    @AfterEach
    void closeStorage() {
        workers.shutdownNow();
        storage.close();
        disk.close();
        logThread.shutdown();
    }

    @Test
    void whatIsCompleteIsReadByAll() {
        String answer = done(storage.write(w -> {
            put(w, "a/b", 1);
            put(w, "c", 2);
            return "answer";
        }));
        assertThat(answer).isEqualTo("answer");
        assertThat(storage.<String>read(r -> text(r, "a/b") + text(r, "c"))).isEqualTo("12");
        assertThat(storage.<Long>read(Reader::version)).isEqualTo(Acceptance.FIRST + 1);
    }

    @Test
    void twoHundredTransactionsOnOneKeyAllSucceedAndCountExactly() {
        Set<Integer> answers = ConcurrentHashMap.newKeySet();
        List<AtomicInteger> runs = new ArrayList<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            AtomicInteger mine = new AtomicInteger();
            runs.add(mine);
            all.add(CompletableFuture.supplyAsync(() -> storage.write(w -> increment(w, "count", mine)), workers)
                    .thenCompose(stage -> stage)
                    .thenAccept(answers::add));
        }
        all.forEach(CompletableFuture::join);
        assertThat(answers).hasSize(200);
        assertThat(storage.<Integer>read(r -> number(r, "count"))).isEqualTo(200);
        assertThat(runs).allSatisfy(count -> assertThat(count.get()).isBetween(1, 2));
    }

    @Test
    void atomicityIsSeenByEveryReader() {
        List<CompletableFuture<?>> writers = IntStream.range(0, 3)
                .<CompletableFuture<?>>mapToObj(thread -> CompletableFuture.runAsync(() -> writePairs(thread), workers))
                .toList();
        while (!writers.stream().allMatch(CompletableFuture::isDone)) {
            boolean whole = storage.<Boolean>read(r -> text(r, "one").equals(text(r, "sub/two")));
            assertThat(whole).isTrue();
        }
        writers.forEach(CompletableFuture::join);
    }

    private void writePairs(int thread) {
        for (int i = 0; i < 100; i++) {
            String text = thread + "." + i;
            done(storage.write(w -> {
                put(w, "one", text);
                put(w, "sub/two", text);
                return text;
            }));
        }
    }

    @Test
    void sumsStayTheSameUnderTransfers() {
        done(storage.write(w -> {
            for (int i = 0; i < 10; i++) {
                put(w, "account/" + i, 100);
            }
            return 0;
        }));
        List<CompletableFuture<?>> movers = IntStream.range(0, 4)
                .<CompletableFuture<?>>mapToObj(thread -> CompletableFuture.runAsync(() -> transfer(thread), workers))
                .toList();
        while (!movers.stream().allMatch(CompletableFuture::isDone)) {
            assertThat(storage.<Integer>read(CommitterContract::sum)).isEqualTo(1000);
        }
        movers.forEach(CompletableFuture::join);
        assertThat(storage.<Integer>read(CommitterContract::sum)).isEqualTo(1000);
    }

    private void transfer(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            String from = "account/" + random.nextInt(10);
            String to = "account/" + random.nextInt(10);
            int amount = random.nextInt(50);
            done(storage.write(w -> {
                put(w, from, number(w, from) - amount);
                put(w, to, number(w, to) + amount);
                return sum(w);
            }));
        }
    }

    private static int sum(Reader<Ciphertext> reader) {
        return reader.list(ROOT.folder("account"), "", 100).items().stream()
                .mapToInt(name -> number(reader, "account/" + name))
                .sum();
    }

    @Test
    void childrenComeInOrderByPages() {
        done(storage.write(w -> {
            for (String path :
                    List.of("b", "a", "a/x/1", "a/x/2", "a-b", "a.c", "z/y/x", "é", "\uffee", "\ud83d\ude00", "B")) {
                put(w, path, path);
            }
            return 0;
        }));
        List<String> all = List.of("B", "a", "a-b", "a.c", "a/", "b", "z/", "é", "\uffee", "\ud83d\ude00");
        assertThat(storage.<Page<String>>read(r -> r.list(ROOT, "", 100))).isEqualTo(new Page<>(all, false));
        for (int start = 0; start < all.size(); start++) {
            String after = start == 0 ? "" : all.get(start - 1);
            for (int limit = 1; limit <= all.size(); limit++) {
                int end = Math.min(start + limit, all.size());
                int most = limit;
                assertThat(storage.<Page<String>>read(r -> r.list(ROOT, after, most)))
                        .isEqualTo(new Page<>(all.subList(start, end), end < all.size()));
            }
        }
        assertThat(storage.<Page<String>>read(r -> r.list(ROOT, "a!", 2)).items())
                .containsExactly("a-b", "a.c");
        assertThat(storage.<Page<String>>read(r -> r.list(ROOT.folder("a"), "", 9))
                        .items())
                .containsExactly("x/");
        assertThat(storage.<Page<String>>read(r -> r.list(ROOT.folder("none"), "", 9))
                        .items())
                .isEmpty();
    }

    @Test
    void aScanGivesEverythingBelowInOrderByPages() {
        List<String> paths = List.of("f/a", "f/a/b", "f/b", "f/c/d/e", "f/c/f");
        done(storage.write(w -> {
            paths.forEach(path -> put(w, path, path));
            put(w, "e", 1);
            put(w, "g/a", 1);
            return 0;
        }));
        Folder folder = ROOT.folder("f");
        List<String> seen = new ArrayList<>();
        String after = "";
        Page<StorageKey> page;
        do {
            String from = after;
            page = storage.read(r -> r.scan(folder, from, 2));
            page.items().forEach(key -> seen.add(key.path()));
            after = folder.relative(page.items().getLast());
        } while (page.more());
        assertThat(seen).isEqualTo(paths);
    }

    @Test
    void aSnapshotStaysWhatItIsWhileOthersWrite() {
        done(storage.write(w -> increment(w, "f/a", new AtomicInteger())));
        String seen = storage.read(r -> {
            String before = text(r, "f/a") + r.scan(ROOT, "", 9).items();
            done(storage.write(w -> {
                put(w, "f/b", 2);
                put(w, "f/a", 2);
                return 0;
            }));
            assertThat(text(r, "f/a") + r.scan(ROOT, "", 9).items()).isEqualTo(before);
            return before;
        });
        assertThat(seen).startsWith("1");
        assertThat(storage.<String>read(r -> text(r, "f/a"))).isEqualTo("2");
    }

    @Test
    void aClearedScopeIsEmptyAndCanBeWrittenAgain() {
        Scope other = new Scope("0b5e1a52-0000-4000-8000-000000000002");
        done(storage.write(w -> {
            for (int i = 0; i < 50; i++) {
                put(w, "k" + i, i);
            }
            w.put(Folder.of(other).key("stays"), value("1"));
            return 0;
        }));
        done(storage.write(w -> {
            put(w, "before", 1);
            w.clear(ROOT);
            assertThat(text(w, "k1")).isEmpty();
            assertThat(w.scan(ROOT, "", 100).items()).isEmpty();
            put(w, "k7", "again");
            assertThat(w.list(ROOT, "", 100).items()).containsExactly("k7");
            return 0;
        }));
        assertThat(storage.<List<String>>read(r -> r.list(ROOT, "", 100).items()))
                .containsExactly("k7");
        assertThat(storage.<List<String>>read(
                        r -> r.list(Folder.of(other), "", 100).items()))
                .containsExactly("stays");
        assertThat(Entries.totals(storage, SCOPE)).isEqualTo(Entries.count(storage, SCOPE));
        done(storage.write(w -> {
            w.clear(ROOT);
            return 0;
        }));
        assertThat(storage.census(SCOPE)).isEmpty();
        assertThat(Scopes.of(storage)).containsExactly(other);
    }

    @Test
    void theCensusIsWhatAScanCounts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long mine = random.nextLong();
                all.add(storage.write(w -> work(w, new Random(mine))).toCompletableFuture());
            }
            all.forEach(CompletableFuture::join);
            assertThat(Entries.totals(storage, SCOPE)).as("seed %d", seed).isEqualTo(Entries.count(storage, SCOPE));
        }
    }

    private static int work(Writer<Ciphertext> writer, Random random) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            StorageKey key = ROOT.key("k" + random.nextInt(20));
            switch (random.nextInt(20)) {
                case 0 -> writer.clear(ROOT);
                case 1, 2, 3, 4 -> writer.delete(key);
                case 5 -> writer.get(key);
                case 7, 8 -> writer.create(ROOT.key("made/" + random.nextLong()), value(1 + random.nextInt(2), "made"));
                default -> writer.put(key, value(1 + random.nextInt(3), "x".repeat(random.nextInt(40))));
            }
        }
        return 0;
    }

    @Test
    void whatIsCreatedReplacesNothingAndAClaimThatIsNotTrueFails() {
        StorageKey key = ROOT.key("created");
        done(storage.write(w -> {
            w.create(key, value(1, "first"));
            assertThat(w.get(key).map(Entries::text)).hasValue("first");
            w.put(key, value(2, "second"));
            w.delete(key);
            w.create(key, value(2, "third"));
            return 0;
        }));
        assertThat(Entries.totals(storage, SCOPE)).isEqualTo(Entries.count(storage, SCOPE));
        assertThatThrownBy(() -> done(storage.write(w -> {
                    w.create(key, value(2, "fourth"));
                    return 0;
                })))
                .hasRootCauseInstanceOf(AssertionError.class);
        assertThat(Entries.totals(storage, SCOPE)).isEqualTo(Entries.count(storage, SCOPE));
    }

    @Test
    void encryptionsAreCountedOncePerCommittedPutAndNeverFall() {
        for (int i = 0; i < 3; i++) {
            done(storage.write(w -> {
                w.put(ROOT.key("a"), value(1, "first"));
                w.put(ROOT.key("a"), value(1, "second"));
                return 0;
            }));
        }
        done(storage.write(w -> {
            w.put(ROOT.key("a"), value(2, "third"));
            return 0;
        }));
        done(storage.write(w -> {
            w.delete(ROOT.key("a"));
            return 0;
        }));
        long second = value(1, "second").length();
        long third = value(2, "third").length();
        assertThat(storage.census(SCOPE))
                .containsEntry(1, new Tally(0, 0, 3, 3 * second))
                .containsEntry(2, new Tally(0, 0, 1, third));
    }

    @Test
    void nothingUnderNoTermIsCounted() {
        done(storage.write(w -> {
            w.put(new StorageKey(Scope.SEAL, "record"), value("seal"));
            w.put(new StorageKey(Scope.KEYRING, "record"), value("keyring"));
            w.put(new StorageKey(Scope.KEYS, "tokens"), value(3, "keys"));
            w.delete(new StorageKey(Scope.SEAL, "nothing"));
            return 0;
        }));
        assertThat(Scopes.of(storage)).containsExactly(Scope.KEYS);
        assertThat(storage.<Boolean>read(
                        r -> r.get(new StorageKey(Scope.SEAL, "record")).isPresent()))
                .isTrue();
    }

    @Test
    void everythingAcknowledgedIsThereAfterACrash() {
        Set<String> acknowledged = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            String path = "k" + i;
            done(storage.write(w -> increment(w, path, new AtomicInteger())));
            acknowledged.add(path);
        }
        Disk crashed = disk;
        disk = crashAndReopen(crashed);
        if (disk != crashed) {
            storage.close();
            crashed.close();
        }
        storage = new Committer(disk, logThread, Observer.none(), Time.system());
        assertThat(storage.<List<String>>read(r -> r.list(ROOT, "", 100).items()))
                .containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(Entries.totals(storage, SCOPE)).isEqualTo(Entries.count(storage, SCOPE));
        assertThat(storage.census(SCOPE).get(1).encryptions()).isEqualTo(30);
        assertThat(isDone(storage.write(w -> 1))).isTrue();
    }

    private static int increment(Writer<Ciphertext> writer, String path, AtomicInteger runs) {
        runs.incrementAndGet();
        int next = number(writer, path) + 1;
        put(writer, path, next);
        return next;
    }
}
