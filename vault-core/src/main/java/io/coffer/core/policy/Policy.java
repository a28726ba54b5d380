// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.List;

/// A policy as it was parsed.
record Policy(List<Stanza> stanzas) {
    static final Policy EMPTY = new Policy(List.of());

    Policy {
        stanzas = List.copyOf(stanzas);
    }

    /// Whether what it says depends on who acts.
    boolean isTemplated() {
        return stanzas.stream().anyMatch(stanza -> !stanza.path().isFixed());
    }
}
