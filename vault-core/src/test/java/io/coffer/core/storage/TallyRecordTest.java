// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TallyRecordTest {
    private static final Tally TALLY = new Tally(5, 6_000, Long.MAX_VALUE, 7_000);
    private static final byte[] KEY = TallyRecord.key(Scope.TOKENS, 0x01020304);
    private static final byte[] VALUE = TallyRecord.value(KEY, TALLY);

    @Test
    void itsFormIsThisForEver() {
        assertThat(HexFormat.of().formatHex(KEY)).isEqualTo("746f6b656e7300" + "01020304");
        assertThat(HexFormat.of().formatHex(VALUE))
                .isEqualTo("02" + "0000000000000005" + "0000000000001770" + "7fffffffffffffff" + "0000000000001b58"
                        + "635de752");
    }

    @Test
    void theFormerFormIsRead() {
        byte[] former = HexFormat.of()
                .parseHex("01" + "0000000000000005" + "0000000000001770" + "7fffffffffffffff" + "a68b5645");
        assertThat(TallyRecord.decode(KEY, former).tally()).isEqualTo(new Tally(5, 6_000, Long.MAX_VALUE, 6_000));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(TallyRecord.decode(KEY, VALUE)).isEqualTo(new TallyRecord(Scope.TOKENS, 0x01020304, TALLY));
    }

    @Test
    void everyBentByteIsFound() {
        for (int i = 0; i < VALUE.length; i++) {
            byte[] bent = VALUE.clone();
            bent[i] ^= 1;
            assertCorrupted(KEY, bent);
        }
        for (int i = 0; i < KEY.length; i++) {
            byte[] moved = KEY.clone();
            moved[i] ^= 1;
            assertCorrupted(moved, VALUE);
        }
    }

    @Test
    void everyOtherLengthIsFound() {
        for (int length = 0; length < VALUE.length; length++) {
            assertCorrupted(KEY, Arrays.copyOf(VALUE, length));
        }
        assertCorrupted(KEY, Arrays.copyOf(VALUE, 30));
        for (int length = 0; length < KEY.length; length++) {
            assertCorrupted(Arrays.copyOf(KEY, length), VALUE);
        }
    }

    private static void assertCorrupted(byte[] key, byte[] value) {
        assertThatThrownBy(() -> TallyRecord.decode(key, value)).isInstanceOf(CorruptedException.class);
    }
}
