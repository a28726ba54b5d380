// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sequences of bytes that are looked for, all at once and at any place.
///
/// They are ordinary bytes: comparing them takes a time that depends on them.
public final class Sequences {
    /// The shortest sequence: what is shorter is found anywhere by chance.
    public static final int SHORTEST = 8;

    private final List<byte[]> wanted;
    private final BitSet found = new BitSet();
    private final BitSet starts = new BitSet(1 << Short.SIZE);
    private final Map<Integer, List<Integer>> byStart = new HashMap<>();
    private final int longest;

    public Sequences(List<byte[]> wanted) {
        this.wanted = List.copyOf(wanted);
        int length = 0;
        for (int i = 0; i < this.wanted.size(); i++) {
            byte[] sequence = this.wanted.get(i);
            if (sequence.length < SHORTEST) {
                throw new IllegalArgumentException("a sequence to look for has at least " + SHORTEST + " bytes");
            }
            length = Math.max(length, sequence.length);
            int start = start(sequence, 0);
            starts.set(start);
            byStart.computeIfAbsent(start, none -> new ArrayList<>()).add(i);
        }
        this.longest = length;
    }

    /// How many bytes of the end of one piece must begin the next, so that nothing between them is missed.
    public int overlap() {
        return Math.max(0, longest - 1);
    }

    /// Looks through the first bytes of a piece.
    public void look(byte[] piece, int length) {
        for (int at = 0; at <= length - SHORTEST; at++) {
            int start = start(piece, at);
            if (starts.get(start)) {
                for (int i : byStart.getOrDefault(start, List.of())) {
                    byte[] sequence = wanted.get(i);
                    int end = at + sequence.length;
                    if (end <= length && Arrays.equals(sequence, 0, sequence.length, piece, at, end)) {
                        found.set(i);
                    }
                }
            }
        }
    }

    /// Those that were seen.
    public List<byte[]> found() {
        return found.stream().mapToObj(wanted::get).toList();
    }

    private static int start(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
    }
}
