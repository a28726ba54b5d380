// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.secret.Secret;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CeremonyTest {
    private final Sets old = Sets.of(1, 5, 3);
    private final Sets current = Sets.of(2, 4, 2);
    private final Sets next = Sets.of(3, 3, 3);
    private final Sets foreign = Sets.of(2, 4, 2);

    private static Ceremony valid(SealRecord record) {
        return Ceremony.ofValid(record, "nonce", Duration.ofHours(1));
    }

    private SealRecord atSecond() {
        return SealRecord.first(Sets.STORE, old.set())
                .replaced(current.set(), 1)
                .withoutPrevious();
    }

    private static String refusal(Ceremony ceremony, Secret share) {
        return ((Ceremony.Offer.Refused) ceremony.offer(share)).reason();
    }

    @Test
    void aShareThatIsNotAskedForIsRefusedWithWhatItIsAndTheOthersStay() {
        Ceremony ceremony = valid(atSecond().withPending(next.set()));
        ceremony.offer(current.share(3));
        assertThat(refusal(ceremony, old.share(4))).isEqualTo("share 4: a share of generation 1; the current one is 2");
        assertThat(refusal(ceremony, next.share(1)))
                .isEqualTo("share 1: a share of generation 3, not yet confirmed; the current one is 2");
        assertThat(refusal(ceremony, foreign.share(2))).isEqualTo("share 2: not a share of this vault");
        assertThat(refusal(ceremony, Secret.takeFrom(new byte[32]))).isEqualTo("key: not a share of this vault");
        assertThat(refusal(ceremony, Secret.takeFrom(new byte[33]))).isEqualTo("key: not a share of this vault");
        assertThat(ceremony.progress()).isEqualTo(1);
        assertThat(ceremony.offer(current.share(3))).isEqualTo(new Ceremony.Offer.Repeated(new ShareId(2, 3), 1));
        assertThat(ceremony.offer(current.share(1))).isInstanceOf(Ceremony.Offer.Complete.class);
        assertThat(ceremony.completed()).hasValue(2);
        assertThat(ceremony.progress()).isEqualTo(2);
    }

    @Test
    void everyBentByteOfAShareIsRefused() {
        byte[] good = current.share(2).copy();
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bent = good.clone();
                bent[i] ^= (byte) (1 << bit);
                assertThat(valid(atSecond()).offer(Secret.takeFrom(bent)))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(Ceremony.Offer.Refused.class);
            }
        }
        assertThat(valid(atSecond()).offer(Secret.takeFrom(Arrays.copyOf(good, 32))))
                .isInstanceOf(Ceremony.Offer.Refused.class);
    }

    @Test
    void whileThereAreTwoSetsEitherQuorumCompletesAndAMixtureDoesNot() {
        SealRecord two = SealRecord.first(Sets.STORE, old.set()).replaced(current.set(), 1);
        Ceremony mixed = valid(two);
        mixed.offer(old.share(1));
        mixed.offer(old.share(5));
        assertThat(mixed.offer(current.share(1))).isInstanceOf(Ceremony.Offer.Counted.class);
        assertThat(mixed.progress()).isEqualTo(2);
        assertThat(mixed.required()).isEqualTo(3);
        Ceremony.Offer.Complete done = (Ceremony.Offer.Complete) mixed.offer(current.share(4));
        assertThat(done.share()).isEqualTo(new ShareId(2, 4));
        current.set().rootKey().open(done.unsealKey(), Sets.STORE, 2).close();

        Ceremony older = valid(two);
        older.offer(old.share(1));
        older.offer(current.share(1));
        older.offer(old.share(2));
        Ceremony.Offer.Complete byOld = (Ceremony.Offer.Complete) older.offer(old.share(3));
        old.set().rootKey().open(byOld.unsealKey(), Sets.STORE, 1).close();
    }

    @Test
    void itOutlivesThePreviousSharesAndForgetsThoseAndNoOthers() {
        SealRecord two = SealRecord.first(Sets.STORE, old.set()).replaced(current.set(), 1);
        Ceremony ceremony = valid(two);
        ceremony.offer(old.share(1));
        ceremony.offer(old.share(2));
        ceremony.offer(current.share(1));
        assertThat(ceremony.follow(two.withoutPrevious())).isTrue();
        assertThat(ceremony.progress()).isEqualTo(1);
        assertThat(refusal(ceremony, old.share(3))).isEqualTo("share 3: a share of generation 1; the current one is 2");
        assertThat(ceremony.follow(two.withoutPrevious().withPending(next.set())))
                .isTrue();
        Ceremony.Offer.Complete done = (Ceremony.Offer.Complete) ceremony.offer(current.share(2));
        current.set().rootKey().open(done.unsealKey(), Sets.STORE, 2).close();
    }

    @Test
    void newerCurrentSharesEndIt() {
        Ceremony ceremony = valid(atSecond());
        assertThat(ceremony.follow(atSecond())).isTrue();
        assertThat(ceremony.follow(atSecond().replaced(next.set(), 2))).isFalse();
        assertThat(ceremony.follow(atSecond().withPending(next.set()).promoted()))
                .isFalse();
    }

    @Test
    void aProofTakesPendingSharesAloneAndAllOfThemIfAsked() {
        Sets pending = Sets.of(3, 3, 2);
        SealRecord record = atSecond().withPending(pending.set());
        Ceremony proof = Ceremony.ofPending(record, true, "nonce", Duration.ofHours(1));
        assertThat(refusal(proof, current.share(1)))
                .isEqualTo("share 1: a share of generation 2; asked for are those of 3");
        assertThat(refusal(proof, old.share(1))).isEqualTo("share 1: a share of generation 1; the current one is 2");
        proof.offer(pending.share(3));
        assertThat(proof.offer(pending.share(1))).isInstanceOf(Ceremony.Offer.Counted.class);
        Ceremony.Offer.Complete done = (Ceremony.Offer.Complete) proof.offer(pending.share(2));
        pending.set().rootKey().open(done.unsealKey(), Sets.STORE, 3).close();
    }
}
