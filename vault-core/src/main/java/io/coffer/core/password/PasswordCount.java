// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.password;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts how many good passwords there are by what is still lacking, and draws one by these counts.
///
/// What is lacking of each set is one number of mixed radix; a row of counts stands for each number of
/// characters that are left.
final class PasswordCount {
    /// The most counts held.
    private static final int LIMIT = 50_000;

    private final List<Kind> kinds;
    private final int length;
    private final int[] radix;
    private final BigInteger[][] counts;

    /// Characters that are in the same sets.
    private record Kind(List<Integer> characters, boolean[] in) {}

    private PasswordCount(List<Kind> kinds, int length, int[] radix) {
        this.kinds = kinds;
        this.length = length;
        this.radix = radix;
        this.counts = new BigInteger[length + 1][];
        count();
    }

    /// Empty if there would be too much to count.
    static Optional<PasswordCount> of(PasswordRules rules, List<Integer> characters) {
        int[] radix = new int[rules.sets().size()];
        long states = 1;
        for (int i = 0; i < radix.length; i++) {
            radix[i] = rules.sets().get(i).least() + 1;
            states *= radix[i];
            if (states * (rules.length() + 1) > LIMIT) {
                return Optional.empty();
            }
        }
        return Optional.of(new PasswordCount(kinds(rules, characters), rules.length(), radix));
    }

    /// Empty if there is none.
    Optional<String> draw(SecureRandom random) {
        int state = counts[0].length - 1;
        if (counts[length][state].signum() == 0) {
            return Optional.empty();
        }
        StringBuilder password = new StringBuilder();
        for (int left = length; left > 0; left--) {
            BigInteger ticket = below(counts[left][state], random);
            for (Kind kind : kinds) {
                int next = after(state, kind);
                BigInteger ways = counts[left - 1][next].multiply(
                        BigInteger.valueOf(kind.characters().size()));
                if (ticket.compareTo(ways) < 0) {
                    password.appendCodePoint(kind.characters()
                            .get(random.nextInt(kind.characters().size())));
                    state = next;
                    break;
                }
                ticket = ticket.subtract(ways);
            }
        }
        return Optional.of(password.toString());
    }

    private void count() {
        int states = 1;
        for (int base : radix) {
            states *= base;
        }
        for (int left = 0; left <= length; left++) {
            counts[left] = new BigInteger[states];
            for (int state = 0; state < states; state++) {
                counts[left][state] = left == 0 ? (state == 0 ? BigInteger.ONE : BigInteger.ZERO) : ways(left, state);
            }
        }
    }

    private BigInteger ways(int left, int state) {
        BigInteger all = BigInteger.ZERO;
        for (Kind kind : kinds) {
            BigInteger after = counts[left - 1][after(state, kind)];
            all = all.add(after.multiply(BigInteger.valueOf(kind.characters().size())));
        }
        return all;
    }

    /// What is lacking after a character of this kind: one less of each set that it is in, if any was.
    private int after(int state, Kind kind) {
        int rest = state;
        int place = 1;
        int next = state;
        for (int i = 0; i < radix.length; i++) {
            if (kind.in()[i] && rest % radix[i] > 0) {
                next -= place;
            }
            rest /= radix[i];
            place *= radix[i];
        }
        return next;
    }

    private static List<Kind> kinds(PasswordRules rules, List<Integer> characters) {
        Map<List<Boolean>, List<Integer>> bySets = new LinkedHashMap<>();
        for (int character : characters) {
            List<Boolean> in = rules.sets().stream()
                    .map(set -> set.characters().contains(character))
                    .toList();
            bySets.computeIfAbsent(in, sets -> new ArrayList<>()).add(character);
        }
        List<Kind> kinds = new ArrayList<>();
        bySets.forEach((in, members) -> {
            boolean[] sets = new boolean[in.size()];
            for (int i = 0; i < sets.length; i++) {
                sets[i] = in.get(i);
            }
            kinds.add(new Kind(List.copyOf(members), sets));
        });
        return kinds;
    }

    private static BigInteger below(BigInteger bound, SecureRandom random) {
        @Nullable BigInteger drawn = null;
        while (drawn == null || drawn.compareTo(bound) >= 0) {
            drawn = new BigInteger(bound.bitLength(), random);
        }
        return drawn;
    }
}
