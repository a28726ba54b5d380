// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Entities and groups that share policies. A member of a member is a member.
///
/// @param external whether a login method says who is in it, by the group's alias
/// @param entities ids of its members
/// @param groups ids of the groups in it
/// @param parents ids of the groups that it is in
/// @param alias id; only of an external group
/// @param changes how often it was written, from 1
public record Group(
        String id,
        IdentityName name,
        boolean external,
        Map<String, String> metadata,
        List<PolicyName> policies,
        List<String> entities,
        List<String> groups,
        List<String> parents,
        Optional<String> alias,
        long changes,
        String created,
        String updated) {
    /// The most members of each kind: one change writes every member that it adds or takes.
    public static final int MOST_MEMBERS = 10_000;

    private static final int FORM = 1;

    public Group {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        policies = List.copyOf(policies);
        entities = List.copyOf(entities);
        groups = List.copyOf(groups);
        parents = List.copyOf(parents);
        if (entities.size() > MOST_MEMBERS || groups.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException("a group has at most " + MOST_MEMBERS + " members of each kind");
        }
    }

    public static Group fresh(String id, IdentityName name, boolean external, String now) {
        return new Group(
                id,
                name,
                external,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                now,
                now);
    }

    public Group named(IdentityName other) {
        return new Group(
                id, other, external, metadata, policies, entities, groups, parents, alias, changes, created, updated);
    }

    public Group with(Map<String, String> texts, List<PolicyName> rules) {
        return new Group(id, name, external, texts, rules, entities, groups, parents, alias, changes, created, updated);
    }

    public Group of(List<String> people, List<String> parts) {
        return new Group(
                id, name, external, metadata, policies, people, parts, parents, alias, changes, created, updated);
    }

    public Group changed(String now) {
        return new Group(
                id, name, external, metadata, policies, entities, groups, parents, alias, changes + 1, created, now);
    }

    Group withAlias(Optional<String> other) {
        return new Group(
                id, name, external, metadata, policies, entities, groups, parents, other, changes, created, updated);
    }

    Group in(String parent) {
        return parents.contains(parent) ? this : withParents(Entity.plus(parents, parent));
    }

    Group outOf(String parent) {
        return withParents(Entity.minus(parents, parent));
    }

    private Group withParents(List<String> other) {
        return new Group(
                id, name, external, metadata, policies, entities, groups, other, alias, changes, created, updated);
    }

    static Group of(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Group read = new Group(
                stored.text("id"),
                new IdentityName(stored.text("name")),
                stored.flag("external"),
                stored.textMap("metadata"),
                Entity.policies(stored),
                stored.texts("entities"),
                stored.texts("groups"),
                stored.texts("parents"),
                stored.optionalText("alias"),
                stored.number("changes"),
                stored.text("created"),
                stored.text("updated"));
        stored.end();
        return read;
    }

    Plaintext record() {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("id", id)
                .put("name", name.text())
                .put("external", external)
                .put("metadata", Json.ofTexts(metadata))
                .put("policies", Entity.names(policies))
                .put("entities", Json.of(entities))
                .put("groups", Json.of(groups))
                .put("parents", Json.of(parents))
                .put("changes", changes)
                .put("created", created)
                .put("updated", updated);
        alias.ifPresent(id -> record.put("alias", id));
        return new Plaintext(JsonText.write(record.build()));
    }
}
