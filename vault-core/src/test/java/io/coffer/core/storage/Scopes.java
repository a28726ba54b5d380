// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.LinkedHashSet;
import java.util.Set;

/// What scopes a store has.
public final class Scopes {
    private Scopes() {}

    /// Those with a value, and those of which the census has a total.
    public static Set<Scope> of(Committer committer) {
        Set<Scope> all = new LinkedHashSet<>();
        for (Family family : Family.values()) {
            committer.scopes(family, all::add);
        }
        return all;
    }
}
