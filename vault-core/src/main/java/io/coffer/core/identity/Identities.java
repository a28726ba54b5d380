// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.identity.IdentityLayout.AliasFolders;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// What one snapshot knows of who is who. Each record is kept until it changes, so a look at somebody who
/// was looked at before parses nothing.
public final class Identities {
    private final BarrierReader reader;

    public Identities(BarrierReader reader) {
        this.reader = reader;
    }

    public Optional<Entity> entity(String id) {
        return record(IdentityLayout.ENTITIES, id, Entity::of);
    }

    /// The entity that a token belongs to: the one of this id, or the one that it became.
    public Optional<Entity> holder(String id) {
        return entity(id)
                .or(() -> isId(id) ? pointed(IdentityLayout.MERGED.key(id)).flatMap(this::entity) : Optional.empty());
    }

    public Optional<Entity> entity(IdentityName name) {
        return pointed(IdentityLayout.ENTITY_NAMES.key(name.text())).flatMap(this::entity);
    }

    public Optional<Group> group(String id) {
        return record(IdentityLayout.GROUPS, id, Group::of);
    }

    public Optional<Group> group(IdentityName name) {
        return pointed(IdentityLayout.GROUP_NAMES.key(name.text())).flatMap(this::group);
    }

    /// An entity's alias.
    public Optional<Alias> alias(String id) {
        return alias(IdentityLayout.ENTITY_ALIASES, id);
    }

    public Optional<Alias> alias(String accessor, IdentityName name) {
        return pointed(IdentityLayout.ENTITY_ALIASES.pointer(accessor, name)).flatMap(this::alias);
    }

    /// A group's alias.
    public Optional<Alias> groupAlias(String id) {
        return alias(IdentityLayout.GROUP_ALIASES, id);
    }

    public Optional<Alias> groupAlias(String accessor, IdentityName name) {
        return pointed(IdentityLayout.GROUP_ALIASES.pointer(accessor, name)).flatMap(this::groupAlias);
    }

    Optional<Alias> alias(AliasFolders kind, String id) {
        return record(kind.records(), id, Alias::of);
    }

    Optional<Alias> alias(AliasFolders kind, String accessor, IdentityName name) {
        return pointed(kind.pointer(accessor, name)).flatMap(id -> alias(kind, id));
    }

    /// The aliases of an entity, in the order in which it got them.
    public List<Alias> aliases(Entity entity) {
        return entity.aliases().stream().flatMap(id -> alias(id).stream()).toList();
    }

    /// The entity's alias in a login mount.
    public Optional<Alias> aliasIn(Entity entity, String accessor) {
        return aliases(entity).stream()
                .filter(alias -> alias.accessor().equals(accessor))
                .findFirst();
    }

    /// The groups that the entity is in itself, then those that these are in, however deep; each once.
    public List<Group> groupsOf(Entity entity) {
        return upwards(entity.groups());
    }

    /// The groups that this one is in, however deep.
    public List<Group> above(Group group) {
        return upwards(group.parents());
    }

    private List<Group> upwards(List<String> ids) {
        Map<String, Group> found = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(ids);
        while (!next.isEmpty()) {
            String id = next.removeFirst();
            if (!found.containsKey(id)) {
                group(id).ifPresent(group -> {
                    found.put(id, group);
                    next.addAll(group.parents());
                });
            }
        }
        return List.copyOf(found.values());
    }

    /// What being this entity gives: its own policies and those of its groups, each once, sorted.
    public List<String> policiesOf(Entity entity) {
        return policies(entity, groupsOf(entity)).stream()
                .map(PolicyName::value)
                .toList();
    }

    static List<PolicyName> policies(Entity entity, List<Group> groups) {
        TreeSet<PolicyName> all = new TreeSet<>(entity.policies());
        groups.forEach(group -> all.addAll(group.policies()));
        return List.copyOf(all);
    }

    public Page<String> entityIds(String after, int limit) {
        return reader.list(IdentityLayout.ENTITIES, after, limit);
    }

    public Page<String> entityNames(String after, int limit) {
        return reader.list(IdentityLayout.ENTITY_NAMES, after, limit);
    }

    public Page<String> groupIds(String after, int limit) {
        return reader.list(IdentityLayout.GROUPS, after, limit);
    }

    public Page<String> groupNames(String after, int limit) {
        return reader.list(IdentityLayout.GROUP_NAMES, after, limit);
    }

    public Page<String> aliasIds(String after, int limit) {
        return reader.list(IdentityLayout.ENTITY_ALIASES.records(), after, limit);
    }

    public Page<String> groupAliasIds(String after, int limit) {
        return reader.list(IdentityLayout.GROUP_ALIASES.records(), after, limit);
    }

    private Optional<String> pointed(StorageKey key) {
        return kept(key, Pointer::of).map(Pointer::id);
    }

    private <T> Optional<T> record(Folder folder, String id, BiFunction<StorageKey, Plaintext, T> parse) {
        return isId(id) ? kept(folder.key(id), parse) : Optional.empty();
    }

    private <T> Optional<T> kept(StorageKey key, BiFunction<StorageKey, Plaintext, T> parse) {
        return reader.cached(key, () -> reader.get(key).map(value -> parse.apply(key, value)));
    }

    /// Ids come from clients; one that the vault cannot have given is looked up nowhere.
    private static boolean isId(String id) {
        return id.length() == 36 && id.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }
}
