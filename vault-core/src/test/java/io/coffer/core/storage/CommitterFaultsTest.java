// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.ROOT;
import static io.coffer.core.storage.Entries.failure;
import static io.coffer.core.storage.Entries.isDone;
import static io.coffer.core.storage.Entries.number;
import static io.coffer.core.storage.Entries.put;
import static io.coffer.core.storage.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the committer says when its disk fails.
class CommitterFaultsTest {
    private final ManualExecutor log = new ManualExecutor();
    private final List<Event> events = new ArrayList<>();
    private final FaultyDisk disk = new FaultyDisk();
    private final Committer storage = new Committer(disk, log, events::add, Time.system());

    private CompletionStage<Integer> add(String path, Object text) {
        return storage.write(w -> {
            put(w, path, text);
            return 1;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasAcceptedAndIsNotDurableHasAnUnknownOutcome(boolean written) {
        add("a", "durable");
        log.runAll();
        CompletionStage<Integer> first = add("a", "lost or not");
        CompletionStage<Integer> second = add("a", "lost or not too");
        CompletionStage<Integer> third = add("b", 1);
        if (written) {
            disk.failAfter();
        } else {
            disk.failBefore();
        }
        log.runAll();
        assertThat(failure(first)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(second)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(third)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(events).filteredOn(Event.StorageFailed.class::isInstance).hasSize(1);
        assertThat(storage.<String>read(r -> text(r, "a"))).isEqualTo("durable");

        Committer reopened = new Committer(disk.reopen(), log, events::add, Time.system());
        assertThat(reopened.<String>read(r -> text(r, "a"))).isEqualTo(written ? "lost or not too" : "durable");
        assertThat(reopened.<String>read(r -> text(r, "b"))).isEqualTo(written ? "1" : "");
        assertThat(Entries.totals(reopened, Entries.SCOPE)).isEqualTo(Entries.count(reopened, Entries.SCOPE));
    }

    @Test
    void afterAFailureNothingIsAcceptedAndReadersGoOn() {
        add("a", 1);
        log.runAll();
        disk.failBefore();
        add("a", 2);
        log.runAll();
        for (int i = 0; i < 3; i++) {
            assertThat(failure(add("a", 3))).isInstanceOf(StorageUnavailableException.class);
            log.runAll();
            assertThat(storage.<String>read(r -> text(r, "a"))).isEqualTo("1");
            assertThat(storage.<List<String>>read(r -> r.list(ROOT, "", 9).items()))
                    .containsExactly("a");
        }
        assertThat(events).filteredOn(Event.StorageFailed.class::isInstance).hasSize(1);
        storage.close();
        assertThatThrownBy(() -> storage.read(r -> 0)).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void aFailureWhileClosingIsToldToo() {
        CompletionStage<Integer> stage = add("a", 1);
        disk.failBefore();
        storage.close();
        assertThat(failure(stage)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(events).hasAtLeastOneElementOfType(Event.StorageFailed.class);
    }

    @Test
    void anAnswerFromTheSecondRunIsNotGivenWhenItsReasonIsLost() {
        add("a", 1);
        CompletionStage<String> seen = storage.write(w -> {
            String text = text(w, "a");
            if (text.isEmpty()) {
                put(w, "a", 2);
            }
            return text;
        });
        CompletionStage<String> thrown = storage.write(w -> {
            put(w, "b", 2);
            if (number(w, "a") == 1) {
                throw new IllegalArgumentException("as the test wants it");
            }
            return "";
        });
        assertThat(isDone(seen)).isFalse();
        disk.failBefore();
        log.runAll();
        assertThat(failure(seen)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(thrown)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aBentTotalIsNotAddedTo() {
        add("a", 1);
        log.runAll();
        byte[] key = TallyRecord.key(Entries.SCOPE, 1);
        byte[] bent;
        try (Disk.View view = disk.view()) {
            bent = view.get(Family.TALLY, key).orElseThrow().clone();
        }
        bent[8] ^= 1;
        disk.write(List.of(new Disk.Change.Put(Family.TALLY, key, bent)));
        Committer reopened = new Committer(disk, log, events::add, Time.system());
        assertThatThrownBy(() -> reopened.census(Entries.SCOPE)).isInstanceOf(CorruptedException.class);
        CompletionStage<Integer> stage = reopened.write(w -> {
            put(w, "b", 1);
            return 1;
        });
        log.runAll();
        assertThat(failure(stage))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(CorruptedException.class);
    }
}
