// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/// Sequences of bytes that are looked for, all at once and at any place.
///
/// Only each fourth pair of bytes is looked up, since a sequence has one of them among its first five bytes
/// wherever it lies. Nothing here is secret: comparing takes a time that depends on the bytes.
public final class Sequences {
    /// The shortest sequence: what is shorter is found anywhere by chance.
    public static final int SHORTEST = 8;

    private static final int STRIDE = 4;

    private final List<byte[]> wanted;
    private final BitSet found = new BitSet();
    private final boolean[] pairs = new boolean[1 << Short.SIZE];
    private final List<List<Place>> places = new ArrayList<>(Collections.nCopies(1 << Short.SIZE, List.of()));
    private final int longest;

    /// A pair of bytes of a sequence.
    ///
    /// @param at how far behind its beginning
    private record Place(int sequence, int at) {}

    public Sequences(List<byte[]> wanted) {
        this.wanted = List.copyOf(wanted);
        int length = 0;
        for (int i = 0; i < this.wanted.size(); i++) {
            byte[] sequence = this.wanted.get(i);
            if (sequence.length < SHORTEST) {
                throw new IllegalArgumentException("a sequence to look for has at least " + SHORTEST + " bytes");
            }
            length = Math.max(length, sequence.length);
            for (int at = 0; at < STRIDE; at++) {
                int pair = pair(sequence, at);
                pairs[pair] = true;
                if (places.get(pair).isEmpty()) {
                    places.set(pair, new ArrayList<>());
                }
                places.get(pair).add(new Place(i, at));
            }
        }
        this.longest = length;
    }

    /// How many bytes of the end of one piece must begin the next, so that nothing between them is missed.
    public int overlap() {
        return Math.max(0, longest - 1);
    }

    /// Looks through the first bytes of a piece.
    public void look(byte[] piece, int length) {
        for (int at = 0; at < length - 1; at += STRIDE) {
            if (pairs[pair(piece, at)]) {
                lookAround(piece, length, at);
            }
        }
    }

    private void lookAround(byte[] piece, int length, int at) {
        for (Place place : places.get(pair(piece, at))) {
            byte[] sequence = wanted.get(place.sequence);
            int start = at - place.at;
            int end = start + sequence.length;
            if (start >= 0 && end <= length && Arrays.equals(sequence, 0, sequence.length, piece, start, end)) {
                found.set(place.sequence);
            }
        }
    }

    /// Those that were seen.
    public List<byte[]> found() {
        return found.stream().mapToObj(wanted::get).toList();
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
    }
}
