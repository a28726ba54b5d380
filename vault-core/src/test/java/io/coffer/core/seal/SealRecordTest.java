// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Ciphertext;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealRecordTest {
    private final SealRecord one = SealRecord.first(Sets.STORE, Sets.of(1, 5, 3).set());

    private List<SealRecord> forms() {
        SealRecord single = SealRecord.first(Sets.STORE, Sets.of(1, 1, 1).set());
        SealRecord both = one.replaced(Sets.of(2, 255, 128).set(), 1);
        return List.of(
                one,
                single,
                both,
                both.withPending(Sets.of(3, 2, 2).set()),
                both.withoutPrevious(),
                one.withPending(Sets.of(2, 4, 2).set()),
                one.withPending(Sets.of(2, 4, 2).set()).withoutPending(),
                one.withPending(Sets.of(2, 4, 2).set()).promoted());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (SealRecord record : forms()) {
            assertThat(SealRecordFormat.decode(SealRecordFormat.encode(record))).isEqualTo(record);
        }
    }

    @Test
    void everyBentByteAndEveryCutIsDamage() {
        byte[] good = SealRecordFormat.encode(forms().get(5)).bytes();
        for (int i = 0; i < good.length; i++) {
            byte[] bent = good.clone();
            bent[i] ^= 1;
            assertThatThrownBy(() -> SealRecordFormat.decode(new Ciphertext(bent)))
                    .isInstanceOf(CorruptedException.class);
        }
        for (int length = 0; length < good.length; length++) {
            Ciphertext cut = new Ciphertext(java.util.Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SealRecordFormat.decode(cut)).isInstanceOf(CorruptedException.class);
        }
    }

    @Test
    void noNumberOfAGenerationIsUsedTwice() {
        SealRecord record = one;
        int last = 1;
        for (int i = 0; i < 30; i++) {
            int next = record.nextGeneration();
            assertThat(next).isEqualTo(last + 1);
            last = next;
            Generation made = Sets.of(next, 2, 2).set();
            record = switch (i % 3) {
                case 0 -> record.withPending(made).withoutPending();
                case 1 -> record.withPending(made).promoted();
                default -> record.replaced(made, record.generation()).withoutPrevious();
            };
            assertThat(record.former()).hasSizeLessThanOrEqualTo(SealRecord.MAX_FORMER);
        }
        assertThat(record.former().getFirst().generation()).isEqualTo(last - 1);
    }
}
