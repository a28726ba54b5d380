// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.List;
import java.util.Map;

/// Who acts, as policies see it: the entity that a token belongs to, with what it is called elsewhere and the groups
/// that it is a member of.
///
/// @param policies what entity and groups add to those of the token
public record Subject(
        String entityId,
        String entityName,
        Map<String, String> metadata,
        List<Alias> aliases,
        List<Group> groups,
        List<PolicyName> policies) {
    /// No entity: no template of identity resolves.
    public static final Subject NOBODY = new Subject("", "", Map.of(), List.of(), List.of(), List.of());

    public Subject {
        metadata = Map.copyOf(metadata);
        aliases = List.copyOf(aliases);
        groups = List.copyOf(groups);
        policies = List.copyOf(policies);
    }

    /// What a login method calls the entity.
    public record Alias(
            String mountAccessor,
            String id,
            String name,
            Map<String, String> metadata,
            Map<String, String> customMetadata) {
        public Alias {
            metadata = Map.copyOf(metadata);
            customMetadata = Map.copyOf(customMetadata);
        }
    }

    public record Group(String id, String name, Map<String, String> metadata) {
        public Group {
            metadata = Map.copyOf(metadata);
        }
    }
}
