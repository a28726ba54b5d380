// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequencesTest {
    @Test
    void eachIsFoundWhereverItLies() {
        byte[] wanted = "needle in bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int at = 0; at <= 40; at++) {
            byte[] piece = new byte[40 + wanted.length];
            System.arraycopy(wanted, 0, piece, at, wanted.length);
            assertThat(found(piece, wanted)).as("at %d", at).containsExactly(wanted);
            piece[at + at % wanted.length] ^= 1;
            assertThat(found(piece, wanted)).as("bent at %d", at).isEmpty();
        }
    }

    @Test
    void whatEndsBehindThePieceIsNotSeen() {
        byte[] wanted = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        Sequences sequences = new Sequences(List.of(wanted));
        sequences.look(wanted, 8);
        assertThat(sequences.found()).isEmpty();
        sequences.look(wanted, 9);
        assertThat(sequences.found()).containsExactly(wanted);
    }

    @Test
    void piecesThatOverlapMissNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] all = new byte[5_000];
        random.nextBytes(all);
        List<byte[]> wanted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(all.length - 24);
            wanted.add(Arrays.copyOfRange(all, from, from + 8 + random.nextInt(17)));
        }
        Sequences sequences = new Sequences(wanted);
        int step = 100;
        for (int from = 0; from < all.length; from += step) {
            int to = Math.min(all.length, from + step + sequences.overlap());
            sequences.look(Arrays.copyOfRange(all, from, to), to - from);
        }
        assertThat(sequences.found()).as("seed %d", seed).hasSize(wanted.size());
    }

    @Test
    void aShortOneIsRefused() {
        assertThatThrownBy(() -> new Sequences(List.of(new byte[7]))).isInstanceOf(IllegalArgumentException.class);
        assertThat(found(new byte[100])).isEmpty();
    }

    private static List<byte[]> found(byte[] piece, byte[]... wanted) {
        Sequences sequences = new Sequences(List.of(wanted));
        sequences.look(piece, piece.length);
        return sequences.found();
    }
}
