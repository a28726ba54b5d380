// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The keys that a part of the configuration may hold, with what becomes of each.
record Keys(Map<String, KeyRule> rules) {
    Keys {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    static Keys settings(String... names) {
        return new Keys(Map.of()).with(new KeyRule.Setting(), names);
    }

    Keys stanzas(String... names) {
        return with(new KeyRule.Stanza(), names);
    }

    Keys ignored(String why, String... names) {
        return with(new KeyRule.Ignored(why), names);
    }

    Keys refused(String why, String... names) {
        return with(new KeyRule.Refused(why), names);
    }

    Keys only(boolean value, String why, String... names) {
        return with(new KeyRule.Only(value, why), names);
    }

    Keys always(boolean value, String why, String... names) {
        return with(new KeyRule.Always(value, why), names);
    }

    Keys and(Keys others) {
        Map<String, KeyRule> all = new LinkedHashMap<>(rules);
        all.putAll(others.rules);
        return new Keys(all);
    }

    /// The rule for a name; a rule for `prefix_*` covers every name with that prefix.
    Optional<KeyRule> rule(String name) {
        return Optional.ofNullable(rules.get(name)).or(() -> rules.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("*"))
                .filter(entry -> name.startsWith(
                        entry.getKey().substring(0, entry.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst());
    }

    private Keys with(KeyRule rule, String... names) {
        Map<String, KeyRule> all = new LinkedHashMap<>(rules);
        for (String name : names) {
            if (all.put(name, rule) != null) {
                throw new IllegalArgumentException(name + " has two rules");
            }
        }
        return new Keys(all);
    }
}
