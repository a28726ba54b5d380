// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CeremonyRaceTest {
    private static Ceremony of(Sets sets) {
        return Ceremony.ofValid(SealRecord.first(Sets.STORE, sets.set()), "nonce", Duration.ofHours(1));
    }

    @Test
    void aSingleKeyCompletesAtOnce() {
        Sets sets = Sets.of(1, 1, 1);
        assertThat(of(sets).offer(sets.share(1))).isInstanceOfSatisfying(Ceremony.Offer.Complete.class, done -> {
            assertThat(done.share()).isEqualTo(new ShareId(1, 0));
            sets.set().rootKey().open(done.unsealKey(), Sets.STORE, 1).close();
        });
    }

    @Test
    void of255SharesAny128OpenAndNot127() {
        Sets sets = Sets.of(1, 255, 128);
        long seed = new Random().nextLong();
        List<Integer> order = order(255, seed);
        Ceremony ceremony = of(sets);
        for (int i = 0; i < 127; i++) {
            assertThat(ceremony.offer(sets.share(order.get(i))))
                    .as("seed %d", seed)
                    .isEqualTo(new Ceremony.Offer.Counted(new ShareId(1, order.get(i)), i + 1));
        }
        Ceremony.Offer.Complete done = (Ceremony.Offer.Complete) ceremony.offer(sets.share(order.get(127)));
        sets.set().rootKey().open(done.unsealKey(), Sets.STORE, 1).close();
    }

    @Test
    void aClosedCeremonyBeginsAnew() {
        Sets sets = Sets.of(1, 3, 2);
        Ceremony ceremony = of(sets);
        ceremony.offer(sets.share(1));
        ceremony.close();
        assertThat(ceremony.progress()).isZero();
        assertThat(ceremony.offer(sets.share(2))).isInstanceOf(Ceremony.Offer.Counted.class);
        sets.share(1).copy(); // the holder's own was not closed
    }

    @Test
    void ofManyAtOnceExactlyOneCompletes() throws Exception {
        Sets sets = Sets.of(1, 16, 5);
        try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
            for (int round = 0; round < 50; round++) {
                Ceremony ceremony = of(sets);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Ceremony.Offer>> offers = new ArrayList<>();
                for (int x : order(16, round)) {
                    offers.add(pool.submit(() -> {
                        start.await();
                        return ceremony.offer(sets.share(x));
                    }));
                }
                start.countDown();
                int complete = 0;
                int counted = 0;
                for (Future<Ceremony.Offer> offer : offers) {
                    switch (offer.get()) {
                        case Ceremony.Offer.Complete(ShareId id, Secret key) -> {
                            complete++;
                            sets.set().rootKey().open(key, Sets.STORE, 1).close();
                            key.close();
                        }
                        case Ceremony.Offer.Counted done -> counted++;
                        case Ceremony.Offer.Repeated late ->
                            assertThat(late.progress()).isEqualTo(5);
                        case Ceremony.Offer.Refused no -> throw new AssertionError(no.reason());
                    }
                }
                assertThat(complete).isEqualTo(1);
                assertThat(counted).isEqualTo(4);
                assertThat(ceremony.isComplete()).isTrue();
            }
        }
    }

    private static List<Integer> order(int count, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int x = 1; x <= count; x++) {
            order.add(x);
        }
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
