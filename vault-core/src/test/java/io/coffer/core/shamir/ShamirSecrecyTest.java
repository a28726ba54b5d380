// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// One share too few says nothing: counted over all coefficients there are, not sampled.
class ShamirSecrecyTest {
    @Test
    void ofThreshold2EachShareTakesEachValueOnceWhateverTheSecret() {
        for (int secret = 0; secret < 256; secret++) {
            for (int index : new int[] {1, 2, 3, 128, 255}) {
                var seen = new int[256];
                for (int coefficient = 0; coefficient < 256; coefficient++) {
                    seen[value(secret, index, coefficient)]++;
                }
                assertThat(seen).as("secret %d, index %d", secret, index).containsOnly(1);
            }
        }
    }

    @Test
    void ofThreshold3EachPairOfSharesTakesEachPairOfValuesOnceWhateverTheSecret() {
        for (int secret : new int[] {0, 1, 0x53, 0xff}) {
            var seen = new int[1 << 16];
            for (int first = 0; first < 256; first++) {
                for (int second = 0; second < 256; second++) {
                    seen[value(secret, 1, first, second) << 8 | value(secret, 2, first, second)]++;
                }
            }
            assertThat(seen).as("secret %d", secret).containsOnly(1);
        }
    }

    private static int value(int secret, int index, int... coefficients) {
        var bytes = new byte[coefficients.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) coefficients[i];
        }
        try (var share = Shamir.split(new byte[] {(byte) secret}, new int[] {index}, bytes)
                .getFirst()) {
            return share.bytes()[0] & 0xff;
        }
    }

    /// Were the highest coefficient never zero, the share could never equal the secret.
    @Test
    void theDrawnCoefficientsTakeEachValueTheHighestOneToo() {
        var seen = new int[256];
        var random = new SecureRandom();
        try (var zeros = Secret.takeFrom(new byte[4096])) {
            for (int round = 0; round < 8; round++) {
                var shares = Shamir.split(zeros, 2, 2, random);
                var values = shares.getFirst().bytes();
                for (int i = 0; i < 4096; i++) {
                    seen[values[i] & 0xff]++;
                }
                shares.forEach(Share::close);
            }
        }
        // 128 each are expected; a sound source misses this by chance about once in 10^11 runs.
        assertThat(Arrays.stream(seen)).allMatch(count -> count > 48 && count < 240);
    }
}
