// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.request.Json;

/// The names in a secret without its values.
final class Subkeys {
    private Subkeys() {}

    /// The object with null for each leaf: whatever is no object or has no members, and whatever lies
    /// deeper than asked for.
    ///
    /// @param depth how many levels of names to show; 0 for all
    static Json.Obj of(Json.Obj data, long depth) {
        Json.Builder names = Json.object();
        data.members().forEach((name, value) -> {
            boolean leaf = depth == 1
                    || !(value instanceof Json.Obj object)
                    || object.members().isEmpty();
            names.put(name, leaf ? Json.NULL : of((Json.Obj) value, depth == 0 ? 0 : depth - 1));
        });
        return names.build();
    }
}
