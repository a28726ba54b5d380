// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which parameters a request must have, may have and may not have.
///
/// @param required every one of them must be there
/// @param allowed by name in lower case, the values that it may have, none for any; no names at all: every one may be
///     there
/// @param denied by name in lower case, the values that it may not have, none for any
record ParameterRules(SortedSet<String> required, Map<String, List<Json>> allowed, Map<String, List<Json>> denied) {
    static final ParameterRules NONE = new ParameterRules(new TreeSet<>(), Map.of(), Map.of());

    /// Stands for every name.
    static final String ANY = "*";

    ParameterRules {
        required = Collections.unmodifiableSortedSet(new TreeSet<>(required));
        allowed = Map.copyOf(allowed);
        denied = Map.copyOf(denied);
    }

    /// What is asked of a request that must satisfy both where both speak of a name, and either where one does.
    ParameterRules with(ParameterRules other) {
        TreeSet<String> names = new TreeSet<>(required);
        names.addAll(other.required);
        return new ParameterRules(names, merged(allowed, other.allowed), merged(denied, other.denied));
    }

    /// Which parameter is missing or may not be there; empty if none.
    Optional<String> offence(Map<String, Json> parameters) {
        for (String name : required) {
            if (!parameters.containsKey(name) && !parameters.containsKey(lowerCase(name))) {
                return Optional.of(name);
            }
        }
        if (parameters.isEmpty() || allowed.isEmpty() && denied.isEmpty()) {
            return Optional.empty();
        }
        return parameters.entrySet().stream()
                .filter(parameter -> isDenied(lowerCase(parameter.getKey()), parameter.getValue())
                        || !isAllowed(lowerCase(parameter.getKey()), parameter.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isDenied(String name, Json value) {
        List<Json> values = denied.get(name);
        return denied.containsKey(ANY) || values != null && holds(values, value);
    }

    private boolean isAllowed(String name, Json value) {
        List<Json> values = allowed.get(name);
        return values == null ? allowed.isEmpty() || allowed.containsKey(ANY) : holds(values, value);
    }

    private static boolean holds(List<Json> values, Json value) {
        return values.isEmpty() || values.stream().anyMatch(one -> SameValue.matches(one, value));
    }

    /// A name that one of them allows any value of keeps any value.
    private static Map<String, List<Json>> merged(Map<String, List<Json>> one, Map<String, List<Json>> other) {
        Map<String, List<Json>> all = new LinkedHashMap<>(one);
        other.forEach((name, values) -> all.merge(
                name,
                values,
                (before, more) -> before.isEmpty() || more.isEmpty()
                        ? List.of()
                        : Stream.concat(before.stream(), more.stream()).toList()));
        return all;
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
