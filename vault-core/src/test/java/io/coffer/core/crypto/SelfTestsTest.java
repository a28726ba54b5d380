// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SelfTestFailedException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelfTestsTest {
    @Test
    void everyAlgorithmOfThisRuntimeGivesItsKnownAnswer() {
        SelfTests.run(new SecureRandom());
    }

    @Test
    void whatAnswersWrongOrBreaksIsNamed() {
        assertThatThrownBy(() -> SelfTests.check("ROT13", () -> false))
                .isInstanceOf(SelfTestFailedException.class)
                .hasMessageContaining("ROT13");
        assertThatThrownBy(() -> SelfTests.check("ROT26", () -> {
                    throw new ArithmeticException("overflow");
                }))
                .isInstanceOfSatisfying(SelfTestFailedException.class, failed -> assertThat(failed.algorithm())
                        .isEqualTo("ROT26"))
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void aStuckSourceOfRandomnessIsFound() {
        for (byte stuck : new byte[] {0, 1, -1}) {
            assertThatThrownBy(() -> SelfTests.run(new Stuck(stuck)))
                    .isInstanceOf(SelfTestFailedException.class)
                    .hasMessageContaining("randomness");
        }
    }

    private static final class Stuck extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte always;

        Stuck(byte always) {
            this.always = always;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, always);
        }
    }
}
