// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.Map;
import java.util.Optional;

/// Variables that set what a file could set. `BAO_*` beats `VAULT_*`, also when it is set and empty, which
/// is as if neither were there.
record Environment(Map<String, String> variables) {
    Environment {
        variables = Map.copyOf(variables);
    }

    /// The first of these names that is set, under either prefix.
    Optional<Variable> find(String... names) {
        for (String name : names) {
            for (String prefix : new String[] {"BAO_", "VAULT_"}) {
                String value = variables.get(prefix + name);
                if (value != null) {
                    return value.isEmpty() ? Optional.empty() : Optional.of(new Variable(prefix + name, value));
                }
            }
        }
        return Optional.empty();
    }

    record Variable(String name, String value) {
        String place() {
            return "environment variable " + name;
        }
    }
}
