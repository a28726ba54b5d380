// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShamirTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void everySubsetOfTheThresholdOrMoreGivesTheSecretAndNoSmallerOneDoes() {
        for (int shares = 2; shares <= 6; shares++) {
            for (int threshold = 2; threshold <= shares; threshold++) {
                checkEverySubset(shares, threshold);
            }
        }
    }

    private static void checkEverySubset(int shares, int threshold) {
        try (var secret = Secret.random(32, RANDOM)) {
            var all = Shamir.split(secret, shares, threshold, RANDOM);
            for (int subset = 0; subset < 1 << shares; subset++) {
                int chosen = subset;
                var some = all.stream()
                        .filter(s -> (chosen & 1 << s.index() - 1) != 0)
                        .toList();
                if (some.size() >= 2) {
                    try (var joined = Shamir.join(some)) {
                        assertThat(joined.sameAs(secret))
                                .as("%s of %d of %d", some, threshold, shares)
                                .isEqualTo(some.size() >= threshold);
                    }
                }
            }
            all.forEach(Share::close);
        }
    }

    @Test
    void theOrderOfSharesDoesNotMatter() {
        long seed = RANDOM.nextLong();
        var dice = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int shares = 2 + dice.nextInt(40);
            int threshold = 2 + dice.nextInt(shares - 1);
            try (var secret = Secret.random(1 + dice.nextInt(64), RANDOM)) {
                var all = new ArrayList<>(Shamir.split(secret, shares, threshold, RANDOM));
                Collections.shuffle(all, dice);
                try (var joined = Shamir.join(all.subList(0, threshold))) {
                    assertThat(joined.sameAs(secret))
                            .as("seed %d, round %d", seed, round)
                            .isTrue();
                }
                all.forEach(Share::close);
            }
        }
    }

    @Test
    void theLargestSplitHasTheIndexes1To255AndNeedsThemAll() {
        try (var secret = Secret.random(32, RANDOM)) {
            var all = Shamir.split(secret, 255, 255, RANDOM);
            assertThat(all.stream().map(Share::index))
                    .isEqualTo(IntStream.rangeClosed(1, 255).boxed().toList());
            assertThat(all).allMatch(share -> share.length() == 33);
            try (var joined = Shamir.join(all);
                    var oneLess = Shamir.join(all.subList(0, 254))) {
                assertThat(joined.sameAs(secret)).isTrue();
                assertThat(oneLess.sameAs(secret)).isFalse();
            }
            all.forEach(Share::close);
        }
    }

    @Test
    void numbersOutOfBoundsAreRefusedAndNothingIsDrawn() {
        try (var secret = Secret.random(32, RANDOM)) {
            for (var numbers : new int[][] {{1, 1}, {5, 1}, {5, 0}, {5, -1}, {3, 4}, {256, 2}, {256, 256}, {0, 0}}) {
                assertThatThrownBy(() -> Shamir.split(secret, numbers[0], numbers[1], new NoRandom()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("threshold " + numbers[1] + " of " + numbers[0]);
            }
        }
    }

    private static final class NoRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            throw new AssertionError("drew bytes");
        }
    }

    @Test
    void splittingAgainGivesOtherShares() {
        try (var secret = Secret.random(32, RANDOM)) {
            var first = Shamir.split(secret, 2, 2, RANDOM);
            var second = Shamir.split(secret, 2, 2, RANDOM);
            assertThat(first.getFirst().sameAs(second.getFirst())).isFalse();
            first.forEach(Share::close);
            second.forEach(Share::close);
        }
    }

    @Test
    void malformedSetsAreRefused() {
        var one = Share.of(new byte[] {1, 1});
        var two = Share.of(new byte[] {2, 2});
        var long3 = Share.of(new byte[] {3, 3, 3});
        var otherTwo = Share.of(new byte[] {9, 2});
        var tooMany = IntStream.range(0, 256).mapToObj(i -> one).toList();
        for (var set : List.of(
                List.<Share>of(),
                List.of(one),
                List.of(one, long3),
                List.of(two, otherTwo),
                List.of(one, one),
                tooMany)) {
            assertThatThrownBy(() -> Shamir.join(set)).as("%s", set).isInstanceOf(IllegalArgumentException.class);
        }
        List.of(one, two, long3, otherTwo).forEach(Share::close);
    }

    @Test
    void aClosedShareOrSecretIsNeverUsedAsZeros() {
        var secret = Secret.random(32, RANDOM);
        var shares = Shamir.split(secret, 2, 2, RANDOM);
        secret.close();
        assertThatThrownBy(() -> Shamir.split(secret, 2, 2, RANDOM)).isInstanceOf(SecretClosedException.class);
        shares.getFirst().close();
        assertThatThrownBy(() -> Shamir.join(shares)).isInstanceOf(SecretClosedException.class);
        shares.getLast().close();
    }
}
