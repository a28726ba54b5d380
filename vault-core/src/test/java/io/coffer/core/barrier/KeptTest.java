// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final StorageKey GUARD = new StorageKey(Store.ONE, "guard");

    private final Store store = new Store();
    private final AtomicInteger loads = new AtomicInteger();

    /// Something that tells whether it was closed, and how often.
    private static final class Thing implements AutoCloseable {
        final String text;
        final AtomicInteger closed = new AtomicInteger();

        Thing(String text) {
            this.text = text;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Thing load(BarrierReader reader) {
        loads.incrementAndGet();
        return new Thing(reader.get(GUARD).map(Store::text).orElse("nothing"));
    }

    private Thing cached() {
        return store.barrier.survey(reader -> reader.cached(GUARD, () -> load(reader)));
    }

    @Test
    void aThingIsMadeOnceUntilItsGuardChanges() {
        store.put(GUARD, "1");
        Thing first = cached();
        assertThat(cached()).isSameAs(first);
        store.put(new StorageKey(Store.ONE, "another"), "x");
        assertThat(cached()).isSameAs(first);
        store.put(GUARD, "2");
        assertThat(cached().text).isEqualTo("2");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aNeedlessYesMakesNothingAgain() {
        store.put(GUARD, "1");
        Thing first = cached();
        store.change(writer -> writer.removeScope(Store.OTHER)); // raises the floor under every stamp
        assertThat(cached()).isSameAs(first);
        assertThat(cached()).isSameAs(first);
        store.put(GUARD, "1");
        assertThat(cached()).as("written again").isNotSameAs(first);
        assertThat(loads).hasValue(2);
    }

    @Test
    void anOlderSnapshotMakesItsOwn() {
        store.put(GUARD, "1");
        store.barrier.survey(reader -> {
            store.put(GUARD, "2");
            assertThat(cached().text).isEqualTo("2");
            Thing older = reader.cached(GUARD, () -> load(reader));
            assertThat(older.text).isEqualTo("1");
            return true;
        });
        assertThat(cached().text).isEqualTo("2");
    }

    @Test
    void whatATransactionMadeOfItsOwnGuardIsNotKept() {
        store.put(GUARD, "1");
        List<Thing> made = new ArrayList<>();
        store.change(writer -> {
            writer.put(GUARD, Store.plain("2"));
            made.add(writer.cached(GUARD, () -> load(writer)));
        });
        assertThat(made.getFirst().text).isEqualTo("2");
        assertThat(cached()).isNotSameAs(made.getFirst());
        store.barrier.close();
        assertThat(made.getFirst().closed).hasValue(1);
    }

    @Test
    void thatNothingIsThereIsNotKept() {
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            Optional<String> none = store.barrier.survey(reader -> reader.cached(GUARD, () -> {
                asked.incrementAndGet();
                return reader.get(GUARD).map(Store::text);
            }));
            assertThat(none).isEmpty();
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void ofTwoLoadsAtOnceBothAreClosedInTheEnd() throws Exception {
        store.put(GUARD, "1");
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Thing>> made = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                made.add(pool.submit(() -> store.barrier.survey(reader -> reader.cached(GUARD, () -> {
                    await(both);
                    return load(reader);
                }))));
            }
            Thing one = made.get(0).get();
            Thing other = made.get(1).get();
            assertThat(one).isNotSameAs(other);
            assertThat(cached()).isIn(one, other);
            assertThat(List.of(one.closed.get(), other.closed.get())).containsOnly(0);
            store.barrier.close();
            assertThat(List.of(one.closed.get(), other.closed.get())).containsOnly(1);
        }
    }

    @Test
    void aReplacedThingStaysOpenForWhoeverUsesItAndIsClosedInTheEnd() {
        store.put(GUARD, "1");
        Thing first = cached();
        store.put(GUARD, "2");
        Thing second = cached();
        assertThat(first.closed).hasValue(0);
        store.barrier.close();
        assertThat(first.closed).hasValue(1);
        assertThat(second.closed).hasValue(1);
    }

    @Test
    void aThingMadeAfterTheClosingIsClosedAtOnce() throws Exception {
        store.put(GUARD, "1");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Thing> late = pool.submit(() -> store.barrier.survey(reader -> reader.cached(GUARD, () -> {
                Thing made = load(reader);
                loading.countDown();
                await(closed);
                return made;
            })));
            loading.await();
            store.barrier.close();
            closed.countDown();
            assertThat(late.get().closed).hasValue(1);
        }
    }

    @Test
    void thereIsABoundAndWhatMustBeClosedIsNotDropped() {
        store.put(GUARD, "1");
        Thing first = cached();
        Kept kept = store.barrier.kept();
        store.committer.read(reader -> {
            for (int i = 0; i < Kept.LIMIT + 10; i++) {
                String value = "v" + i;
                assertThat(kept.get(reader, new StorageKey(Store.ONE, "k" + i), () -> value))
                        .isEqualTo(value);
            }
            return true;
        });
        assertThat(kept.size()).isLessThanOrEqualTo(Kept.LIMIT);
        assertThat(cached()).isSameAs(first);
    }

    @Test
    void aHitCountsAsARead() {
        store.put(GUARD, "1");
        cached();
        StorageKey copy = new StorageKey(Store.OTHER, "copy");
        AtomicInteger runs = new AtomicInteger();
        store.change(writer -> {
            Thing seen = writer.cached(GUARD, () -> load(writer));
            if (runs.incrementAndGet() == 1) {
                store.put(GUARD, "2");
            }
            writer.put(copy, Store.plain(seen.text));
        });
        assertThat(runs).hasValue(2);
        assertThat(store.get(copy)).isEqualTo("2");
    }

    @Test
    void aRotationOfKeysChangesNothingThatIsKept() {
        store.change(writer -> writer.rotate(Store.ONE, Instant.EPOCH));
        store.put(GUARD, "1");
        Thing first = cached();
        store.change(writer -> writer.rotate(Scope.KEYS, Instant.EPOCH));
        assertThat(cached()).as("its value is the same, whatever its keys").isSameAs(first);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
