// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static io.coffer.core.storage.Entries.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OldestSnapshotTest {
    private final ManualExecutor log = new ManualExecutor();
    private final Committer storage = new Committer(new MemoryDisk(), log, Observer.none(), Time.system());

    private void add(String path, Object text) {
        var unused = storage.write(w -> {
            put(w, path, text);
            return 1;
        });
    }

    @Test
    void theOldestSnapshotInUseIsKnownUntilNobodyUsesIt() {
        long first = storage.oldest();
        assertThat(first).isEqualTo(Acceptance.FIRST);
        storage.read(old -> {
            add("a", 1);
            assertThat(storage.oldest()).as("accepted, not durable").isEqualTo(first);
            log.runAll();
            long second = storage.<Long>read(Reader::version);
            storage.read(newer -> {
                add("a", 2);
                log.runAll();
                assertThat(storage.oldest()).isEqualTo(old.version());
                return 0;
            });
            assertThat(second).isGreaterThan(first);
            assertThat(storage.oldest())
                    .as("the one between is gone, the first is not")
                    .isEqualTo(first);
            return 0;
        });
        assertThat(storage.oldest()).isEqualTo(storage.<Long>read(Reader::version));
        storage.close();
        assertThat(storage.oldest()).as("when it is closed").isGreaterThan(first);
    }

    @Test
    void nobodyEverSeesAnOlderOneThanItSays() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        AtomicBoolean enough = new AtomicBoolean();
        try {
            Future<Boolean> reader = readers.submit(() -> {
                while (!enough.get()) {
                    long before = storage.oldest();
                    long shown = storage.<Long>read(Reader::version);
                    assertThat(shown).isGreaterThanOrEqualTo(before);
                }
                return true;
            });
            for (int i = 0; i < 20_000; i++) {
                add("a", i);
                log.runAll();
            }
            enough.set(true);
            assertThat(reader.get()).isTrue();
            assertThat(storage.oldest()).isEqualTo(storage.<Long>read(Reader::version));
        } finally {
            readers.shutdownNow();
        }
    }
}
