// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SealConfigTest {
    @Test
    void everyPairOfNumbersIsAllowedOrRefusedWithItsReason() {
        for (int shares = -2; shares < 260; shares++) {
            for (int threshold = -2; threshold < 260; threshold++) {
                boolean allowed = shares == 1
                        ? threshold == 1
                        : shares >= 2 && shares <= 255 && threshold >= 2 && threshold <= shares;
                String refusal = SealConfig.refusal(shares, threshold);
                assertThat(refusal.isEmpty()).as("%d of %d", threshold, shares).isEqualTo(allowed);
                if (!allowed) {
                    int n = shares;
                    int t = threshold;
                    assertThatThrownBy(() -> new SealConfig(n, t))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(refusal);
                }
            }
        }
    }

    @Test
    void theReasonsAreThoseThatClientsKnow() {
        assertThat(SealConfig.refusal(0, 0)).isEqualTo("shares must be at least one");
        assertThat(SealConfig.refusal(3, 0)).isEqualTo("threshold must be at least one");
        assertThat(SealConfig.refusal(3, 1)).isEqualTo("threshold must be greater than one for multiple shares");
        assertThat(SealConfig.refusal(256, 2)).isEqualTo("shares must be less than 256");
        assertThat(SealConfig.refusal(255, 256)).isEqualTo("threshold must be less than 256");
        assertThat(SealConfig.refusal(1, 2)).isEqualTo("threshold cannot be larger than shares");
        assertThat(SealConfig.refusal(Long.MAX_VALUE, 3)).isEqualTo("shares must be less than 256");
        assertThat(SealConfig.refusal(3, Long.MIN_VALUE)).isEqualTo("threshold must be at least one");
    }
}
