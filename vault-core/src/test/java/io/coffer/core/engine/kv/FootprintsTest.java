// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Footprint;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FootprintsTest {
    private static final int KEPT = 3;

    private static Footprints of(int term, int... lengths) {
        Footprints footprints = Footprints.UNKNOWN;
        for (int length : lengths) {
            footprints = footprints.adding(new Footprint(term, length), KEPT);
        }
        return footprints;
    }

    private static int[] lengths(Footprints footprints) {
        return LongStream.range(0, footprints.count())
                .mapToInt(age -> footprints.of(age).orElseThrow().length())
                .toArray();
    }

    @Test
    void ofEveryLengthAndTermIsToldWhatWasAdded() {
        IntStream.of(1, 35, 36, 1_295, 1_296, 60_466_175, 60_466_176, Integer.MAX_VALUE)
                .forEach(number -> {
                    assertThat(of(7, number).of(0)).hasValue(new Footprint(7, number));
                    assertThat(of(number, 97).of(0)).hasValue(new Footprint(number, 97));
                });
    }

    @Test
    void theNewestAreKept() {
        assertThat(lengths(of(2, 40, 50, 60, 70))).containsExactly(70, 60, 50);
        assertThat(of(2, 40, 50).of(2)).isEmpty();
        assertThat(of(2, 40, 50, 60).adding(new Footprint(2, 70), 1)).isEqualTo(of(2, 70));
        assertThat(of(2, 40).adding(new Footprint(2, 50), 9).count()).isEqualTo(2);
    }

    @Test
    void shorterOnesStandBesideLongerOnes() {
        assertThat(lengths(of(2, 5_000, 7, 800))).containsExactly(800, 7, 5_000);
    }

    @Test
    void anotherTermAndMoreDigitsBeginAnew() {
        assertThat(of(2, 40, 50).adding(new Footprint(3, 60), KEPT)).isEqualTo(of(3, 60));
        assertThat(of(2, 40, 50).adding(new Footprint(2, 1_296), KEPT)).isEqualTo(of(2, 1_296));
    }

    @Test
    void nothingIsKnownOfWhatIsNotCounted() {
        assertThat(of(2, 40).adding(new Footprint(0, 0), KEPT)).isEqualTo(Footprints.UNKNOWN);
    }

    @Test
    void noNumbersAreRefused() {
        for (String text : new String[] {"1", "0", "712345671234567", "-11", "22", "2123", "a1"}) {
            assertThatThrownBy(() -> new Footprints(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        for (String text : new String[] {"102?", "1-12", "2-102", "202-1", "6zzzzzz000001"}) {
            assertThatThrownBy(() -> new Footprints(text).of(0)).as(text).isInstanceOf(CorruptedException.class);
        }
    }
}
