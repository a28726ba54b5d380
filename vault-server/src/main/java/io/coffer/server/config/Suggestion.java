// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody probably meant.
final class Suggestion {
    /// Longer names are no slips of the finger.
    private static final int LONGEST = 64;

    private Suggestion() {}

    /// `; did you mean …?`, or nothing if no name is near.
    static String of(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean `" + name + "`?")
                .orElse("");
    }

    static Optional<String> nearest(String written, Collection<String> known) {
        int most = Math.min(2, written.length() / 3);
        return written.length() > LONGEST
                ? Optional.empty()
                : known.stream()
                        .filter(name -> !name.endsWith("*"))
                        .filter(name -> distance(written, name) <= most)
                        .min(Comparator.comparingInt((String name) -> distance(written, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Inserted, left out, replaced and swapped neighbouring characters.
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
