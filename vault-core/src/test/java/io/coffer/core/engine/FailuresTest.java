// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void failuresAreReadAsTheyWereWritten() {
        assertThat(Golden.of("login/failures-1.json").holds(Failures::read, Failures::write))
                .extracting(Failures.Entry::name)
                .containsExactly("ann", "bob");
    }
}
