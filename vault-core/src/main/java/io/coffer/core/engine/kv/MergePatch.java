// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.request.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// JSON merge patches (RFC 7396).
final class MergePatch {
    private MergePatch() {}

    /// The target with the patch's members in it: null removes, an object is merged, anything else
    /// replaces. What the patch does not name stays as it was written, numbers digit for digit.
    static Json apply(Json target, Json patch) {
        if (!(patch instanceof Json.Obj changes)) {
            return patch;
        }
        Map<String, Json> members =
                new LinkedHashMap<>(target instanceof Json.Obj object ? object.members() : Map.of());
        changes.members().forEach((name, change) -> {
            if (change instanceof Json.Null) {
                members.remove(name);
            } else {
                members.put(name, apply(members.getOrDefault(name, Json.NULL), change));
            }
        });
        return new Json.Obj(members);
    }
}
