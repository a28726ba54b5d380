// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TallyRecordTest {
    private static final TallyRecord RECORD =
            new TallyRecord(Scope.TOKENS, 0x01020304, new Tally(5, 6_000, Long.MAX_VALUE, 7_000));

    @Test
    void itsFormIsThisForEver() {
        assertThat(HexFormat.of().formatHex(RECORD.key())).isEqualTo("746f6b656e7300" + "01020304");
        assertThat(HexFormat.of().formatHex(RECORD.value()))
                .isEqualTo("02" + "0000000000000005" + "0000000000001770" + "7fffffffffffffff" + "0000000000001b58"
                        + "635de752");
    }

    @Test
    void theFormerFormIsRead() {
        byte[] former = HexFormat.of()
                .parseHex("01" + "0000000000000005" + "0000000000001770" + "7fffffffffffffff" + "a68b5645");
        assertThat(TallyRecord.decode(RECORD.key(), former).tally())
                .isEqualTo(new Tally(5, 6_000, Long.MAX_VALUE, 6_000));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(TallyRecord.decode(RECORD.key(), RECORD.value())).isEqualTo(RECORD);
    }

    @Test
    void everyBentByteIsFound() {
        for (int i = 0; i < RECORD.value().length; i++) {
            byte[] bent = RECORD.value();
            bent[i] ^= 1;
            assertCorrupted(RECORD.key(), bent);
        }
        for (int i = 0; i < RECORD.key().length; i++) {
            byte[] moved = RECORD.key();
            moved[i] ^= 1;
            assertCorrupted(moved, RECORD.value());
        }
    }

    @Test
    void everyOtherLengthIsFound() {
        for (int length = 0; length < RECORD.value().length; length++) {
            assertCorrupted(RECORD.key(), Arrays.copyOf(RECORD.value(), length));
        }
        assertCorrupted(RECORD.key(), Arrays.copyOf(RECORD.value(), 30));
        for (int length = 0; length < RECORD.key().length; length++) {
            assertCorrupted(Arrays.copyOf(RECORD.key(), length), RECORD.value());
        }
    }

    private static void assertCorrupted(byte[] key, byte[] value) {
        assertThatThrownBy(() -> TallyRecord.decode(key, value)).isInstanceOf(CorruptedException.class);
    }
}
