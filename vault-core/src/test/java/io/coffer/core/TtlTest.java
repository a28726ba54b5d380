// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TtlTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.9Z");
    private static final Ttl.Bounds MOUNT = new Ttl.Bounds(Duration.ofHours(1), Duration.ofHours(10));

    private static Ttl.Terms terms(long ttl, long max, long explicitMax, long period) {
        return new Ttl.Terms(
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(max),
                Duration.ofSeconds(explicitMax),
                Duration.ofSeconds(period));
    }

    private static Optional<Ttl> after(long seconds, Ttl.Terms terms) {
        return Ttl.of(terms, MOUNT, START, START.plusSeconds(seconds));
    }

    @Test
    void whoSaysNothingGetsWhatTheMountSays() {
        assertThat(after(0, terms(0, 0, 0, 0))).contains(new Ttl(Duration.ofHours(1), List.of()));
        assertThat(after(9 * 3600, terms(0, 0, 0, 0))).contains(new Ttl(Duration.ofHours(1), List.of()));
    }

    @Test
    void theStrictestOfAllLongestLivesCaps() {
        assertThat(after(0, terms(7200, 3600, 0, 0)).orElseThrow().granted()).isEqualTo(Duration.ofHours(1));
        assertThat(after(0, terms(7200, 3600, 1800, 0)).orElseThrow().warnings())
                .containsExactly("TTL of \"2h0m0s\" exceeded the effective max_ttl of \"30m0s\"; TTL value is capped"
                        + " accordingly");
        assertThat(after(1000, terms(7200, 0, 1800, 0)).orElseThrow().granted()).isEqualTo(Duration.ofSeconds(800));
        assertThat(after(1800, terms(7200, 0, 1800, 0))).isEmpty();
        assertThat(after(36_000, terms(1, 0, 0, 0))).isEmpty();
    }

    @Test
    void aPeriodHasNoEndButAnExplicitOne() {
        assertThat(after(1_000_000, terms(5, 0, 0, 600))).contains(new Ttl(Duration.ofSeconds(600), List.of()));
        assertThat(after(0, terms(0, 0, 0, 72_000)).orElseThrow().warnings())
                .containsExactly("period of \"20h0m0s\" exceeded the effective max_ttl of \"10h0m0s\"; period value is"
                        + " capped accordingly");
        assertThat(after(1_000, terms(0, 0, 1_200, 600)).orElseThrow().granted())
                .isEqualTo(Duration.ofSeconds(200));
        assertThat(after(1_200, terms(0, 0, 1_200, 600))).isEmpty();
    }

    @Test
    void nothingLivesLongerThanAnyOfItsLimitsAllow() {
        Random dice = new Random(3);
        for (int round = 0; round < 5_000; round++) {
            long explicitMax = dice.nextInt(3) * dice.nextLong(50_000);
            Ttl.Terms terms = terms(dice.nextLong(90_000), dice.nextInt(2) * dice.nextLong(50_000), explicitMax, 0);
            long age = dice.nextLong(40_000);
            Optional<Ttl> ttl = after(age, terms);
            if (ttl.isPresent()) {
                long whole = age + ttl.get().granted().toSeconds();
                assertThat(ttl.get().granted()).isPositive();
                assertThat(whole).isLessThanOrEqualTo(36_000);
                assertThat(explicitMax == 0 || whole <= explicitMax).isTrue();
                assertThat(terms.max().isZero() || whole <= terms.max().toSeconds())
                        .isTrue();
            }
        }
    }
}
