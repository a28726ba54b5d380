// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import java.util.Map;
import java.util.Optional;

/// Where a token came from and for whom it was made.
///
/// @param path the path that made it
/// @param role the role that it was made by; empty for none
/// @param metadata for people and audit; empty if none was given
/// @param entityId empty if it belongs to no entity
/// @param login what its login method wants to know again at a renewal; nobody sees it
public record Provenance(
        String path,
        String displayName,
        String role,
        Optional<Map<String, String>> metadata,
        String entityId,
        Map<String, String> login) {
    public Provenance {
        metadata = metadata.map(Map::copyOf);
        login = Map.copyOf(login);
    }

    public static Provenance of(String path, String displayName) {
        return new Provenance(path, displayName, "", Optional.empty(), "", Map.of());
    }
}
