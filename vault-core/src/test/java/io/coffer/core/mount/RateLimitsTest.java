// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final RateLimits limits = new RateLimits();

    private static Quota quota(String rate, String interval, String block) {
        return new Quota("q", "", "", "", rate, Duration.parse(interval), Duration.parse(block), true);
    }

    private boolean take(Quota quota, String address, long millis) {
        return limits.take(quota, address, Duration.ofMillis(millis)).allowed();
    }

    @Test
    void noIntervalLetsMoreThroughThanTheRateAndOneBurst() {
        long seed = new Random().nextLong();
        Random dice = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int rate = 1 + dice.nextInt(20);
            Quota quota = quota(Integer.toString(rate), "PT1S", "PT0S");
            RateLimits fresh = new RateLimits();
            int allowed = 0;
            long now = 0;
            while (now < 5_000) {
                allowed += fresh.take(quota, "10.0.0.1", Duration.ofMillis(now)).allowed() ? 1 : 0;
                now += dice.nextInt(60);
            }
            assertThat(allowed).as("seed %d, round %d", seed, round).isLessThanOrEqualTo(6 * rate);
        }
    }

    @Test
    void aClientThatWaitsIsServedAgainAndToldWhen() {
        Quota quota = quota("2", "PT10S", "PT0S");
        assertThat(take(quota, "a", 0)).isTrue();
        assertThat(take(quota, "a", 0)).isTrue();
        RateLimits.Taken refused = limits.take(quota, "a", Duration.ZERO);
        assertThat(refused).isEqualTo(new RateLimits.Taken(false, 2, 0, 10, 5));
        assertThat(take(quota, "b", 0)).isTrue();
        assertThat(take(quota, "a", 4_999)).isFalse();
        assertThat(take(quota, "a", 5_001)).isTrue();
        assertThat(limits.take(quota, "a", Duration.ofSeconds(60))).isEqualTo(new RateLimits.Taken(true, 2, 1, 5, 0));
    }

    @Test
    void aRateBelowOneLetsOneThrough() {
        Quota quota = quota("0.5", "PT1S", "PT0S");
        assertThat(take(quota, "a", 0)).isTrue();
        assertThat(take(quota, "a", 1_000)).isFalse();
        assertThat(take(quota, "a", 2_000)).isTrue();
    }

    @Test
    void whoWasRefusedIsRefusedForTheWholeBlock() {
        Quota quota = quota("1", "PT1S", "PT30S");
        assertThat(take(quota, "a", 0)).isTrue();
        assertThat(limits.take(quota, "a", Duration.ZERO).retry()).isEqualTo(30);
        for (long at = 1_000; at < 30_000; at += 1_000) {
            assertThat(take(quota, "a", at)).isFalse();
        }
        assertThat(take(quota, "a", 30_000)).isTrue();
    }

    @Test
    void addressesOfOneIpv6CustomerAreOneClient() {
        Quota quota = quota("1", "PT1H", "PT0S");
        assertThat(take(quota, "2001:db8:1:2:3:4:5:6", 0)).isTrue();
        assertThat(take(quota, "2001:db8:1:2:ffff:4:5:6", 0)).isFalse();
        assertThat(take(quota, "2001:db8:1:2::1", 0)).isFalse();
        assertThat(take(quota, "2001:db8:1:3:3:4:5:6", 0)).isTrue();
        assertThat(take(quota, "2001:db8::1", 0)).isTrue();
        assertThat(take(quota, "::1", 0)).isTrue();
        assertThat(take(quota, "", 0)).isTrue();
    }

    @Test
    void manyClientsTakeBoundedMemoryAndNobodysAllowance() {
        Quota quota = quota("1", "PT10S", "PT0S");
        assertThat(take(quota, "victim", 0)).isTrue();
        int allowed = 0;
        for (int i = 0; i < 3 * RateLimits.MOST; i++) {
            allowed += take(quota, "client-" + i, 1) ? 1 : 0;
        }
        assertThat(limits.size()).isLessThanOrEqualTo(RateLimits.MOST + 1);
        assertThat(allowed).isEqualTo(RateLimits.MOST);
        assertThat(take(quota, "victim", 2)).isFalse();
        assertThat(take(quota, "victim", 10_002)).isTrue();
        assertThat(take(quota, "a new one", 20_003)).isTrue();
        assertThat(limits.size()).isLessThan(10);
    }

    @Test
    void parallelRequestsTakeNoMoreThanThereIs() throws Exception {
        Quota quota = quota("50", "PT1H", "PT0S");
        AtomicInteger allowed = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                threads.execute(() -> allowed.addAndGet(take(quota, "a", 0) ? 1 : 0));
            }
        }
        assertThat(allowed).hasValue(50);
    }

    @Test
    void quotasAreReadAsTheyWereWritten() {
        Quotas quotas = Golden.of("mount/quotas.json").holds(Quotas::read, Quotas::write);
        assertThat(quotas.of("sys/other", Optional.empty(), Optional.empty()).map(Quota::name))
                .contains("all");
        assertThat(quotas.of("sys/health", Optional.empty(), Optional.empty())).isEmpty();
    }
}
