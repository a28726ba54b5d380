// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many things the shares of holders may wait for, and how long.
class ApprovalTest {
    private static final Duration EXPIRY = Duration.ofMinutes(10);

    private final TestVault vault = TestVault.open();
    private final Approval approval = new Approval(vault.vault(), vault.time(), TestVault.seeded(5), EXPIRY);

    @AfterEach
    void close() {
        vault.close();
    }

    private Approval.Outcome offer(String subject) {
        return approval.offer(subject, Optional.empty(), new Starter.Anybody("127.0.0.1"), vault.share(1));
    }

    @Test
    void asManyAsThereIsRoomForAndMoreWhenSomeAreTakenBackOrTooOld() {
        for (int i = 0; i < Approval.MOST; i++) {
            assertThat(offer("thing " + i)).isInstanceOf(Approval.Outcome.Taken.class);
        }
        assertThat(offer("one more"))
                .isInstanceOfSatisfying(Approval.Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .contains("restore"));
        assertThat(approval.standing("thing 0").progress()).isOne();
        approval.cancel("thing 7");
        assertThat(offer("one more")).isInstanceOf(Approval.Outcome.Taken.class);
        vault.time().pass(EXPIRY);
        assertThat(approval.standing("thing 0").progress()).isZero();
        assertThat(offer("another")).isInstanceOf(Approval.Outcome.Taken.class);
    }
}
