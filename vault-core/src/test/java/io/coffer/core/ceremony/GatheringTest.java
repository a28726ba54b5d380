// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.HandTime;
import io.coffer.core.TestVault;
import io.coffer.core.seal.Ceremony;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.Sets;
import io.coffer.core.seal.ShareId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Starter TOKEN = new Starter.ByToken("id", "root");

    private final Sets set = Sets.of(1, 5, 3);
    private final SealRecord record = SealRecord.first(Sets.STORE, set.set());
    private final HandTime time = new HandTime();
    private final Gathering<String> gathering = new Gathering<>(time, TestVault.seeded(3), Duration.ofHours(1));

    private static Starter share(int index) {
        return new Starter.ByShare(new ShareId(1, index));
    }

    private Ceremony start(Starter by) {
        return gathering
                .start("plan", by, (nonce, expires) -> Ceremony.ofValid(record, nonce, expires))
                .orElseThrow()
                .ceremony();
    }

    @Test
    void thereIsOneAtATime() {
        Ceremony first = start(TOKEN);
        assertThat(gathering.start("other", share(1), (nonce, expires) -> {
                    throw new AssertionError("a second ceremony begins");
                }))
                .isEmpty();
        assertThat(gathering.open().orElseThrow().ceremony()).isSameAs(first);
    }

    @Test
    void anAbandonedOneEndsAndItsSharesAreForgotten() {
        Ceremony first = start(TOKEN);
        first.offer(set.share(1));
        assertThat(gathering.expires()).contains(time.now().plus(Duration.ofHours(1)));
        time.pass(Duration.ofHours(1).minusNanos(1));
        assertThat(gathering.open()).isPresent();
        time.pass(Duration.ofNanos(1));
        assertThat(gathering.open()).isEmpty();
        assertThat(first.progress()).isZero();
        assertThat(start(TOKEN).nonce()).isNotEqualTo(first.nonce());
    }

    @Test
    void aTokenOrTheStartersShareOrTwoOthersEndIt() {
        start(share(2));
        assertThat(gathering.cancel(TOKEN)).isEqualTo(Gathering.Ending.ENDED);
        start(share(2));
        assertThat(gathering.cancel(share(2))).isEqualTo(Gathering.Ending.ENDED);
        start(TOKEN);
        assertThat(gathering.cancel(share(1))).isEqualTo(Gathering.Ending.ONE_VOTE);
        assertThat(gathering.cancel(share(1))).as("the same again").isEqualTo(Gathering.Ending.ONE_VOTE);
        assertThat(gathering.open()).isPresent();
        assertThat(gathering.cancel(share(3))).isEqualTo(Gathering.Ending.ENDED);
        assertThat(gathering.open()).isEmpty();
        assertThat(gathering.cancel(share(4))).as("there is none").isEqualTo(Gathering.Ending.ENDED);
        start(TOKEN);
        assertThat(gathering.cancel(share(3))).as("a vote of before").isEqualTo(Gathering.Ending.ONE_VOTE);
    }
}
