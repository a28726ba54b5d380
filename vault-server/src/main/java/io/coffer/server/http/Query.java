// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A query, with the three parameters taken out that choose an operation.
record Query(boolean list, boolean scan, boolean help, Map<String, List<String>> parameters) {
    private static final Query NONE = new Query(false, false, false, Map.of());
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("", "0", "f", "F", "FALSE", "false", "False");

    static Query of(Map<String, List<String>> parameters) {
        if (parameters.isEmpty()) {
            return NONE;
        }
        boolean list = flag(parameters.getOrDefault("list", List.of()));
        boolean scan = flag(parameters.getOrDefault("scan", List.of()));
        if (list && scan) {
            throw Refusal.silent(400);
        }
        boolean help = parameters.getOrDefault("help", List.of()).stream().anyMatch(value -> !value.isEmpty());
        Map<String, List<String>> others = new LinkedHashMap<>(parameters);
        others.keySet().removeAll(Set.of("list", "scan", "help"));
        return new Query(list, scan, help, others);
    }

    private static boolean flag(List<String> values) {
        boolean set = false;
        for (String value : values) {
            if (!TRUE.contains(value) && !FALSE.contains(value) || values.size() > 1) {
                throw Refusal.silent(400);
            }
            set = TRUE.contains(value);
        }
        return set;
    }
}
