// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.engine.Harness;
import io.coffer.core.engine.OpenBarrier;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RealStorageTest {
    private static final Scope SCOPE = new Scope("11111111-2222-3333-4444-555555555555");
    private static final int WRITERS = 64;

    @Test
    void ofManyWritersWithOneVersionInMindExactlyOneWins() throws Exception {
        try (ExecutorService log = Executors.newSingleThreadExecutor();
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
                Barrier barrier = OpenBarrier.of(log, SCOPE)) {
            Harness kv = new Harness(new KvKind(), Map.of("version", "2"), barrier);
            for (int round = 0; round < 10; round++) {
                String body = "{\"data\":{\"w\":%s},\"options\":{\"cas\":" + round + "}}";
                CountDownLatch start = new CountDownLatch(1);
                List<Future<String>> answers = new ArrayList<>();
                for (int w = 0; w < WRITERS; w++) {
                    String written = body.formatted(w);
                    answers.add(writers.submit(() -> {
                        start.await();
                        return kv.put("data/x", written);
                    }));
                }
                start.countDown();
                int winner = -1;
                for (int w = 0; w < WRITERS; w++) {
                    if (answers.get(w).get().startsWith("200")) {
                        assertThat(winner).as("winners of round %s", round).isEqualTo(-1);
                        winner = w;
                    }
                }
                assertThat(kv.get("data/x"))
                        .startsWith("200 {\"data\":{\"w\":" + winner + "}")
                        .contains("\"version\":" + (round + 1) + "}");
            }
        }
    }

    @Test
    void noWriteOfManyIsLost() throws Exception {
        try (ExecutorService log = Executors.newSingleThreadExecutor();
                ExecutorService writers = Executors.newFixedThreadPool(8);
                Barrier barrier = OpenBarrier.of(log, SCOPE)) {
            Harness kv = new Harness(new KvKind(), Map.of("version", "2"), barrier);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(writers.submit(() -> kv.put("data/x", "{\"data\":{}}")));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("200");
            }
            assertThat(kv.get("metadata/x")).contains("\"current_version\":200,", "\"oldest_version\":191,");
        }
    }

    @Test
    void theJobUpgradesEveryMountThatNeedsItAndTellsWhatItPassedOver() {
        Barrier barrier = OpenBarrier.of(Runnable::run, SCOPE);
        Harness kv = new Harness(new KvKind(), Map.of(), barrier);
        for (int i = 0; i < Upgrade.SECRETS + 1; i++) {
            kv.put("s" + i, "{\"i\":" + i + "}");
        }
        Layout layout = new Layout(Folder.of(SCOPE));
        barrier.write(writer -> {
                    writer.put(layout.unversioned("bent"), new Plaintext("{".getBytes(StandardCharsets.UTF_8)));
                    return true;
                })
                .toCompletableFuture()
                .join();
        kv.options(Map.of("version", "2"));
        List<Event> events = new ArrayList<>();
        UpgradeJob job = new UpgradeJob(reader -> List.of(Folder.of(SCOPE)), Time.system(), events::add);
        assertThat(job.step(barrier)).isEqualTo(Optional.of(Duration.ZERO));
        assertThat(kv.get("config")).startsWith("400 Upgrading from non-versioned");
        assertThat(job.step(barrier)).isEqualTo(Optional.of(Duration.ZERO));
        assertThat(job.step(barrier)).isEmpty();
        assertThat(kv.get("data/s" + Upgrade.SECRETS)).startsWith("200 {\"data\":{\"i\":" + Upgrade.SECRETS + "}");
        assertThat(kv.get("config")).startsWith("200");
        assertThat(events)
                .containsExactly(new Event.JobFailed(
                        "kv-upgrade", "record " + layout.unversioned("bent") + " does not open and was passed over"));
    }

    @Test
    void listsAndLongPathsAreTheStoragesOwn() {
        Barrier barrier = OpenBarrier.of(Runnable::run, SCOPE);
        Harness kv = new Harness(new KvKind(), Map.of("version", "2"), barrier);
        String longest = "x".repeat(io.coffer.core.engine.SecretPath.LONGEST);
        for (String path : new String[] {"t/a", "t/a/b", "t/Z", "t/é", "t/a-b", "t/a.b", longest}) {
            assertThat(kv.put("data/" + path, "{\"data\":{}}")).startsWith("200");
        }
        assertThat(kv.list("metadata/t")).isEqualTo("200 {\"keys\":[\"Z\",\"a\",\"a-b\",\"a.b\",\"a/\",\"é\"]}");
        assertThat(kv.list("metadata/t", "after=a/")).isEqualTo("200 {\"keys\":[\"é\"]}");
        assertThat(kv.get("data/" + longest)).startsWith("200");
        assertThat(kv.get("data/" + longest + "x")).startsWith("400 the path is longer");
        assertThat(kv.delete("metadata/" + longest)).isEqualTo("204");
    }
}
