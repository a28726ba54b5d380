// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was measured, round by round, and its medians.
final class Figures {
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    void add(String name, double value) {
        measured.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    double median(String name) {
        List<Double> all = new ArrayList<>(measured.getOrDefault(name, List.of(Double.NaN)));
        all.sort(null);
        int half = all.size() / 2;
        return all.size() % 2 == 1 ? all.get(half) : (all.get(half - 1) + all.get(half)) / 2;
    }

    /// The median over the rounds of the ratio within each round: what slows the machine down for a while slows both.
    double ratio(String name, String base) {
        List<Double> above = measured.getOrDefault(name, List.of());
        List<Double> below = measured.getOrDefault(base, List.of());
        Figures ratios = new Figures();
        for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
            ratios.add(name, above.get(i) / below.get(i));
        }
        return ratios.median(name);
    }
}
