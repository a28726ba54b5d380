// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.Map;
import java.util.Optional;

/// The environment of the process. Never printed: it may hold a token.
final class Env {
    private final Map<String, String> variables;

    Env(Map<String, String> variables) {
        this.variables = variables;
    }

    /// `BAO_name`, or where that is not set `VAULT_name`. One that is set and empty counts as absent, and
    /// still hides the other.
    Optional<String> get(String name) {
        String value = variables.get("BAO_" + name);
        if (value == null) {
            value = variables.get("VAULT_" + name);
        }
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /// Which of both names the value comes from, for messages.
    String nameOf(String name) {
        return variables.containsKey("BAO_" + name) ? "BAO_" + name : "VAULT_" + name;
    }

    /// As the shell counts: `1`, `t`, `true` are true.
    boolean on(String name) {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return false;
        }
        return Words.truth(text.get()).orElseThrow(() -> Failure.local(nameOf(name) + " is true or false (or 1 or 0)"));
    }

    /// A variable that has no prefix.
    Optional<String> plain(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
