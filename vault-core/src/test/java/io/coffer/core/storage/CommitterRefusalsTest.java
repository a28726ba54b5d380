// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.done;
import static io.coffer.core.storage.Entries.failure;
import static io.coffer.core.storage.Entries.number;
import static io.coffer.core.storage.Entries.put;
import static io.coffer.core.storage.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Observer;
import io.coffer.core.OverloadedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the committer refuses, and how it ends.
class CommitterRefusalsTest {
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

    @Test
    void tooMuchThatWaitsIsRefusedAndLaterAccepted() {
        Committer small = committer(new StorageLimits(3, 1_000, 10));
        List<CompletionStage<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String path = "k" + i;
            stages.add(small.write(w -> {
                put(w, path, 1);
                return 1;
            }));
        }
        assertThat(failure(stages.getLast())).isInstanceOf(OverloadedException.class);
        log.runAll();
        assertThat(stages.subList(0, 3)).allMatch(Entries::isDone);
        small.write(w -> {
            put(w, "big", "x".repeat(2_000));
            return 1;
        });
        CompletionStage<Integer> next = small.write(w -> {
            put(w, "next", 1);
            return 1;
        });
        assertThat(failure(next)).isInstanceOf(OverloadedException.class);
        log.runAll();
        assertThat(small.<Integer>read(r -> r.scan(ROOT, "", 10).items().size()))
                .isEqualTo(4);
    }

    @Test
    void aWriteInsideASecondRunIsRefused() {
        AtomicReference<CompletionStage<Integer>> inner = new AtomicReference<>();
        add("a", 1);
        storage.write(w -> {
            if (number(w, "a") == 1) {
                inner.set(add("b", 1));
            }
            put(w, "a", 2);
            return 0;
        });
        assertThat(failure(inner.get())).isInstanceOf(IllegalStateException.class);
        log.runAll();
    }

    @Test
    void pagesAreBounded() {
        int page = StorageLimits.DEFAULT.page();
        for (int limit : new int[] {-1, 0, page + 1}) {
            assertThatThrownBy(() -> storage.read(r -> r.list(ROOT, "", limit)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(failure(storage.write(w -> w.scan(ROOT, "", limit))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> storage.read(r -> r.list(ROOT, "a\0", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAWholeScopeIsCleared() {
        CompletionStage<Integer> stage = storage.write(w -> {
            w.clear(ROOT.folder("f"));
            return 0;
        });
        assertThat(failure(stage)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingFinishesWhatIsAcceptedAndThenRefuses() {
        CompletionStage<Integer> stage = add("a", 1);
        storage.close();
        assertThat(done(stage)).isEqualTo(1);
        assertThat(failure(add("b", 1))).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> storage.read(r -> 0)).isInstanceOf(StorageUnavailableException.class);
        log.runAll();
        storage.close();
    }

    @Test
    void aLogThreadThatIsGoneIsAFailure() {
        Committer orphan = new Committer(
                new MemoryDisk(),
                task -> {
                    throw new java.util.concurrent.RejectedExecutionException("gone");
                },
                Observer.none(),
                Time.system());
        orphan.write(w -> {
            put(w, "a", 1);
            return 0;
        });
        assertThat(failure(orphan.write(w -> 0))).isInstanceOf(StorageUnavailableException.class);
    }
}
