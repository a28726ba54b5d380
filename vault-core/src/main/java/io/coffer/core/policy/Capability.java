// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.Locale;
import java.util.Optional;

/// What a rule can allow.
public enum Capability {
    CREATE(1),
    READ(1 << 1),
    UPDATE(1 << 2),
    PATCH(1 << 3),
    DELETE(1 << 4),
    LIST(1 << 5),
    SCAN(1 << 6),
    /// Paths that change the vault itself ask for it beside the capability of the operation.
    SUDO(1 << 7),
    /// Nothing is allowed, whatever else the rule says.
    DENY(1 << 8);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /// The name in policies and answers.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Capability> named(String name) {
        for (Capability capability : values()) {
            if (capability.wireName().equals(name)) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }
}
