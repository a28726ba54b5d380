// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void theLastByteIsTheIndex() {
        for (int index = 1; index <= Share.MAX_INDEX; index++) {
            try (var share = Share.of(new byte[] {42, 7, (byte) index})) {
                assertThat(share.index()).isEqualTo(index);
                assertThat(share.length()).isEqualTo(3);
                assertThat(share.bytes()).containsExactly(42, 7, (byte) index);
            }
        }
    }

    @Test
    void indexZeroAndTooShortAndTooLongAreRefusedAndZeroed() {
        for (var bytes : new byte[][] {{}, {1}, {9, 0}, filled(Secret.MAX_BYTES + 1)}) {
            assertThatThrownBy(() -> Share.takeFrom(bytes)).isInstanceOf(IllegalArgumentException.class);
            assertThat(bytes).satisfiesAnyOf(b -> assertThat(b).isEmpty(), b -> assertThat(b)
                    .containsOnly(0));
        }
    }

    private static byte[] filled(int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    @Test
    void readingLeavesTheArrayAndTakingOverZeroesIt() {
        var bytes = new byte[] {1, 2, 3};
        try (var read = Share.of(bytes)) {
            assertThat(bytes).containsExactly(1, 2, 3);
            try (var taken = Share.takeFrom(bytes)) {
                assertThat(bytes).containsOnly(0);
                assertThat(taken.sameAs(read)).isTrue();
            }
        }
    }

    @Test
    void theSameShareIsOneWithTheSameValuesAndTheSameIndex() {
        try (var share = Share.of(new byte[] {1, 2, 3});
                var otherValue = Share.of(new byte[] {1, 4, 3});
                var otherIndex = Share.of(new byte[] {1, 2, 4});
                var longer = Share.of(new byte[] {1, 1, 2, 3})) {
            assertThat(share.sameAs(share)).isTrue();
            assertThat(share.sameAs(otherValue)).isFalse();
            assertThat(share.sameAs(otherIndex)).isFalse();
            assertThat(share.sameAs(longer)).isFalse();
        }
    }

    @Test
    void printsItsIndexOnlyAndIsGoneWhenClosed() {
        var share = Share.of(new byte[] {77, 88, 5});
        assertThat(share).hasToString("Share[5]");
        share.close();
        share.close();
        assertThatThrownBy(share::bytes).isInstanceOf(SecretClosedException.class);
        assertThat(share.index()).isEqualTo(5);
    }
}
