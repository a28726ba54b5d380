// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.done;
import static io.coffer.core.storage.Entries.failure;
import static io.coffer.core.storage.Entries.isDone;
import static io.coffer.core.storage.Entries.number;
import static io.coffer.core.storage.Entries.put;
import static io.coffer.core.storage.Entries.text;
import static io.coffer.core.storage.Entries.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What a transaction sees and when it is answered, step by step.
class CommitterTest {
    private final ManualExecutor log = new ManualExecutor();
    private final Committer storage = committer(StorageLimits.DEFAULT);

    private Committer committer(StorageLimits limits) {
        return new Committer(new MemoryDisk(), log, Observer.none(), Time.system(), limits);
    }

    private CompletionStage<Integer> add(String path, Object text) {
        return storage.write(w -> {
            put(w, path, text);
            return 1;
        });
    }

    /// Runs work whose checks are inside of it: an error there comes through the stage.
    private void check(Consumer<Writer<Ciphertext>> work) {
        CompletionStage<Integer> stage = storage.write(w -> {
            work.accept(w);
            return 0;
        });
        log.runAll();
        assertThat(stage.toCompletableFuture()).isCompletedWithValue(0);
    }

    @Test
    void readersSeeOnlyWhatIsDurable() {
        CompletionStage<Integer> stage = add("a", 1);
        assertThat(isDone(stage)).isFalse();
        assertThat(storage.<String>read(r -> text(r, "a"))).isEmpty();
        assertThat(storage.<Long>read(Reader::version)).isEqualTo(Acceptance.FIRST);
        log.runAll();
        assertThat(isDone(stage)).isTrue();
        assertThat(storage.<String>read(r -> text(r, "a"))).isEqualTo("1");
    }

    @Test
    void aSecondRunSeesEverythingAccepted() {
        add("f/a", 1);
        add("f/b", 2);
        List<String> seen = new ArrayList<>();
        CompletionStage<Integer> stage = storage.write(w -> {
            seen.add(text(w, "f/a")
                    + text(w, "f/b")
                    + w.list(ROOT, "", 9).items()
                    + w.scan(ROOT, "", 9).items().size());
            put(w, "f/c", 3);
            return seen.size();
        });
        assertThat(seen).containsExactly("[]0", "12[f/]2");
        log.runAll();
        assertThat(done(stage)).isEqualTo(2);
        assertThat(storage.<Integer>read(r -> r.scan(ROOT, "", 9).items().size()))
                .isEqualTo(3);
    }

    @Test
    void aSecondRunSeesAcceptedDeletionsAndClears() {
        add("f/a", 1);
        add("f/b", 2);
        add("g", 3);
        log.runAll();
        storage.write(w -> {
            w.delete(ROOT.key("f/a"));
            return 0;
        });
        assertThat(seenAlone()).isEqualTo("[f/, g][f/b, g]");
        storage.write(w -> {
            w.clear(ROOT);
            return 0;
        });
        assertThat(seenAlone()).isEqualTo("[][]");
        add("h", 4);
        assertThat(seenAlone()).isEqualTo("[h][h]");
        log.runAll();
        assertThat(seenAlone()).isEqualTo("[h][h]");
        assertThat(Entries.totals(storage, Entries.SCOPE)).isEqualTo(Entries.count(storage, Entries.SCOPE));
    }

    /// What the last run of a transaction sees, which runs alone if something is pending, and leaves
    /// nothing behind.
    private String seenAlone() {
        AtomicReference<String> seen = new AtomicReference<>("");
        storage.write(w -> {
            seen.set(w.list(ROOT, "", 9).items().toString()
                    + w.scan(ROOT, "", 9).items().stream().map(StorageKey::path).toList());
            put(w, "seen", 1);
            w.delete(ROOT.key("seen"));
            return 0;
        });
        return seen.get();
    }

    @Test
    void aTransactionSeesItsOwnChanges() {
        add("f/a", 1);
        log.runAll();
        check(w -> {
            put(w, "f/b", 2);
            put(w, "f/sub/c", 3);
            assertThat(w.list(ROOT.folder("f"), "", 9).items()).containsExactly("a", "b", "sub/");
            w.delete(ROOT.key("f/a"));
            w.delete(ROOT.key("f/sub/c"));
            assertThat(text(w, "f/a")).isEmpty();
            assertThat(w.list(ROOT.folder("f"), "", 9).items()).containsExactly("b");
            assertThat(w.scan(ROOT, "f/a", 9).items()).containsExactly(ROOT.key("f/b"));
            put(w, "f/a", 4);
            assertThat(text(w, "f/a")).isEqualTo("4");
            assertThat(w.list(ROOT, "", 9).items()).containsExactly("f/");
        });
        assertThat(storage.<List<String>>read(
                        r -> r.list(ROOT.folder("f"), "", 9).items()))
                .containsExactly("a", "b");
    }

    @Test
    void aWriteThatWroteNothingIsAnsweredAtOnce() {
        add("a", 1);
        CompletionStage<String> stage = storage.write(w -> text(w, "a"));
        assertThat(isDone(stage)).isTrue();
        assertThat(done(stage)).as("it saw only what is durable").isEmpty();
        assertThat(isDone(storage.write(w -> {
                    w.delete(ROOT.key("absent"));
                    return 0;
                })))
                .isTrue();
    }

    @Test
    void aSecondRunThatWroteNothingWaitsForWhatItSaw() {
        add("a", 1);
        CompletionStage<String> stage = storage.write(w -> {
            String seen = text(w, "a");
            if (seen.isEmpty()) {
                put(w, "a", "mine");
            }
            return seen;
        });
        assertThat(isDone(stage)).isFalse();
        log.runAll();
        assertThat(done(stage)).isEqualTo("1");
    }

    @Test
    void workThatThrowsCommitsNothing() {
        RuntimeException thrown = new IllegalArgumentException("as the test wants it");
        CompletionStage<Integer> stage = storage.write(w -> {
            put(w, "a", 1);
            throw thrown;
        });
        assertThat(failure(stage)).isSameAs(thrown);
        log.runAll();
        assertThat(storage.<String>read(r -> text(r, "a"))).isEmpty();
        assertThatThrownBy(() -> storage.read(r -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void workThatThrowsInItsSecondRunIsAnsweredWhenItsReasonIsDurable() {
        add("a", 1);
        CompletionStage<Integer> stage = storage.write(w -> {
            put(w, "b", 1);
            if (number(w, "a") == 1) {
                throw new IllegalArgumentException("as the test wants it");
            }
            return 0;
        });
        assertThat(isDone(stage)).isFalse();
        log.runAll();
        assertThat(failure(stage)).isInstanceOf(IllegalArgumentException.class);
        assertThat(storage.<List<String>>read(r -> r.list(ROOT, "", 9).items())).containsExactly("a");
    }

    @Test
    void aReaderDiesWithItsClosure() {
        AtomicReference<Reader<Ciphertext>> reader = new AtomicReference<>();
        AtomicReference<Writer<Ciphertext>> writer = new AtomicReference<>();
        storage.read(r -> {
            reader.set(r);
            return 0;
        });
        storage.write(w -> {
            writer.set(w);
            return 0;
        });
        List<Runnable> calls = List.of(
                () -> reader.get().get(ROOT.key("a")),
                () -> reader.get().version(),
                () -> reader.get().list(ROOT, "", 1),
                () -> reader.get().unchanged(ROOT.key("a"), 1),
                () -> writer.get().get(ROOT.key("a")),
                () -> writer.get().put(ROOT.key("a"), value("1")),
                () -> writer.get().clear(ROOT),
                () -> writer.get().scan(ROOT, "", 1),
                () -> writer.get().unchanged(ROOT, 1));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aWriterOfASecondRunDiesToo() {
        AtomicReference<Writer<Ciphertext>> writer = new AtomicReference<>();
        add("a", 1);
        storage.write(w -> {
            writer.set(w);
            put(w, "a", 2);
            return 0;
        });
        assertThatThrownBy(() -> writer.get().get(ROOT.key("a"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsDurableIsForgotten() {
        WeakReference<Ciphertext> forgotten = accept(value("1"));
        log.runAll();
        for (int i = 0; i < 50 && forgotten.get() != null; i++) {
            System.gc();
        }
        assertThat(forgotten.get()).isNull();
        assertThat(storage.<String>read(r -> text(r, "a"))).isEqualTo("1");
    }

    private WeakReference<Ciphertext> accept(Ciphertext value) {
        storage.write(w -> {
            w.put(ROOT.key("a"), value);
            return 0;
        });
        return new WeakReference<>(value);
    }

    @Test
    void unchangedIsNeverAWrongYes() {
        add("f/a", 1);
        log.runAll();
        StorageKey key = ROOT.key("f/a");
        long version = storage.read(Reader::version);
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, version))).isTrue();
        assertThat(storage.<Boolean>read(r -> r.unchanged(ROOT.folder("f"), version)))
                .isTrue();
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, version - 1))).isFalse();
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, 0))).isFalse();
        List<Boolean> own = new ArrayList<>();
        storage.write(w -> {
            put(w, "f/a", 2);
            own.add(w.unchanged(key, version));
            own.add(w.unchanged(ROOT.folder("f"), version));
            return 0;
        });
        assertThat(own).containsExactly(false, false);
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, version)))
                .as("accepted")
                .isFalse();
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, version + 1)))
                .as("a value of a newer state does not hold for this one")
                .isFalse();
        check(w -> {
            boolean alone = w.version() > version;
            assertThat(w.unchanged(key, version + 1)).isEqualTo(alone);
            assertThat(w.unchanged(ROOT.folder("f"), version + 1)).isEqualTo(alone);
            put(w, "other", 1);
        });
        assertThat(storage.<Boolean>read(r -> r.unchanged(key, version + 1))).isTrue();
    }
}
