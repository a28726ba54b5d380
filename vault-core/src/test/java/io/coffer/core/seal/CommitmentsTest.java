// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.TestVault;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitmentsTest {
    private final SecureRandom random = TestVault.seeded(11);

    @Test
    void eachShareHasItsIndexAndNoOtherHasOne() {
        Sets sets = Sets.of(1, 255, 128);
        Commitments commitments = sets.set().commitments();
        for (int x = 1; x <= 255; x++) {
            assertThat(commitments.indexOf(Sets.STORE, sets.share(x))).isEqualTo(OptionalInt.of(x));
            byte[] moved = sets.share(x).copy();
            moved[32] = (byte) (x % 255 + 1);
            assertThat(indexOf(commitments, moved)).isEmpty();
            moved[32] = 0;
            assertThat(indexOf(commitments, moved)).as("x = 0").isEmpty();
        }
    }

    @Test
    void anotherLengthIsNoShare() {
        Sets three = Sets.of(1, 3, 2);
        byte[] share = three.share(1).copy();
        for (int length = 1; length < 70; length++) {
            if (length != share.length) {
                assertThat(indexOf(three.set().commitments(), Arrays.copyOf(share, length)))
                        .isEmpty();
            }
        }
        Sets single = Sets.of(1, 1, 1);
        assertThat(single.set().commitments().indexOf(Sets.STORE, single.share(1)))
                .isEqualTo(OptionalInt.of(0));
        byte[] grown = Arrays.copyOf(single.share(1).copy(), 33);
        for (int x = 0; x < 3; x++) {
            grown[32] = (byte) x;
            assertThat(indexOf(single.set().commitments(), grown)).isEmpty();
        }
    }

    private static OptionalInt indexOf(Commitments commitments, byte[] share) {
        try (Secret secret = Secret.takeFrom(share)) {
            return commitments.indexOf(Sets.STORE, secret);
        }
    }

    @Test
    void theyAreOfOneStoreOneGenerationAndOneSalt() {
        Sets sets = Sets.of(1, 3, 2);
        assertThat(sets.set().commitments().indexOf(new StoreId(1, 3), sets.share(1)))
                .isEmpty();
        Commitments first = Commitments.to(Sets.STORE, 1, sets.shares(), random);
        Commitments again = Commitments.to(Sets.STORE, 1, sets.shares(), random);
        Commitments later = new Commitments(2, first.salt(), first.values());
        assertThat(first.indexOf(Sets.STORE, sets.share(2))).isEqualTo(OptionalInt.of(2));
        assertThat(later.indexOf(Sets.STORE, sets.share(2))).isEmpty();
        assertThat(again).isNotEqualTo(first);
        Set<List<Byte>> values = new HashSet<>();
        for (Commitments one : List.of(first, again)) {
            one.values().forEach(value -> values.add(boxed(value)));
        }
        assertThat(values).hasSize(6);
    }

    @Test
    void impossibleOnesAreRefused() {
        byte[] salt = new byte[32];
        byte[] value = new byte[32];
        List<Runnable> impossible = List.of(
                () -> new Commitments(0, salt, List.of(value)),
                () -> new Commitments(1, new byte[31], List.of(value)),
                () -> new Commitments(1, salt, List.of()),
                () -> new Commitments(1, salt, List.of(new byte[31])),
                () -> new Commitments(1, salt, java.util.Collections.nCopies(256, value)));
        for (Runnable one : impossible) {
            assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Byte> boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }
}
