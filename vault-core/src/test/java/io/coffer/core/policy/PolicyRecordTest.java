// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyRecordTest {
    @Test
    void aPolicyIsReadAsItWasWritten() {
        StoredPolicy stored = Golden.of("policy/policy-1.json").holds(StoredPolicy::read, StoredPolicy::record);
        assertThat(stored.extras().version()).isEqualTo(3);
        assertThat(stored.extras().expiration()).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(stored.leave()).isEqualTo(new Template.Leave(true, false));
        assertThat(stored.policy().isTemplated()).isTrue();
    }

    @Test
    void onePolicyWithoutAnEndHasNoMomentOfIt() {
        String text = Golden.of("policy/policy-1.json").text().replaceFirst(",\"expiration\":\"[^\"]*\"", "");
        assertThat(new Golden(text)
                        .holds(StoredPolicy::read, StoredPolicy::record)
                        .extras()
                        .expiration())
                .isEmpty();
    }
}
