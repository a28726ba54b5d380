// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.RandomIds;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.identity.IdentityLayout.AliasFolders;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes of who is who, in one transaction. Both ends of each relation are written together: an entity
/// names its aliases and groups, and they name it.
public final class IdentityChanges {
    private static final Plaintext GUARD = new Plaintext("{\"v\":1}".getBytes(StandardCharsets.UTF_8));

    private final BarrierWriter writer;
    private final Identities known;
    private final SecureRandom random;
    private final String now;

    public IdentityChanges(BarrierWriter writer, SecureRandom random, Instant now) {
        this.writer = writer;
        this.known = new Identities(writer);
        this.random = random;
        this.now = Timestamps.format(now);
    }

    public Identities known() {
        return known;
    }

    public String now() {
        return now;
    }

    public String newId() {
        return RandomIds.uuid(random);
    }

    /// A name for an entity or group that nobody named, as `entity_1f0e9d3c`.
    public IdentityName newName(String kind) {
        return new IdentityName(kind + "_" + RandomIds.hex(4, random));
    }

    /// Writes an entity that is new or has changed, its name included.
    public void save(Entity entity) {
        Optional<StorageKey> before = known.entity(entity.id()).map(old -> entityName(old.name()));
        point(before, entityName(entity.name()), entity.id());
        writer.put(IdentityLayout.ENTITIES.key(entity.id()), entity.record());
    }

    /// Removes an entity with its aliases and memberships.
    public void delete(Entity entity) {
        known.aliases(entity).forEach(alias -> forget(IdentityLayout.ENTITY_ALIASES, alias));
        for (String id : entity.groups()) {
            change(id, group -> group.of(Entity.minus(group.entities(), entity.id()), group.groups()));
        }
        entity.merged().forEach(id -> writer.delete(IdentityLayout.MERGED.key(id)));
        writer.delete(entityName(entity.name()));
        writer.delete(IdentityLayout.ENTITIES.key(entity.id()));
    }

    /// Has tokens of an entity that was removed, and of those that became it before, belong to another.
    void follow(Entity gone, String to) {
        writer.put(IdentityLayout.MERGED.key(gone.id()), new Pointer(to).record());
        gone.merged().forEach(id -> writer.put(IdentityLayout.MERGED.key(id), new Pointer(to).record()));
    }

    /// Writes an entity's alias that is new, changed its name or goes to another entity.
    public void save(Alias alias) {
        known.alias(alias.id())
                .filter(old -> !old.owner().equals(alias.owner()))
                .flatMap(old -> known.entity(old.owner()))
                .ifPresent(former -> save(former.withoutAlias(alias.id())));
        write(IdentityLayout.ENTITY_ALIASES, alias);
        known.entity(alias.owner())
                .filter(owner -> !owner.aliases().contains(alias.id()))
                .ifPresent(owner -> save(owner.withAlias(alias.id())));
    }

    /// Removes an entity's alias; the entity stays.
    public void delete(Alias alias) {
        forget(IdentityLayout.ENTITY_ALIASES, alias);
        known.entity(alias.owner()).ifPresent(owner -> save(owner.withoutAlias(alias.id())));
    }

    /// Writes a group's alias; a group has one, so another that it had goes.
    public void saveGroupAlias(Alias alias) {
        known.groupAlias(alias.id())
                .filter(old -> !old.owner().equals(alias.owner()))
                .ifPresent(old -> change(old.owner(), group -> group.withAlias(Optional.empty())));
        write(IdentityLayout.GROUP_ALIASES, alias);
        change(alias.owner(), group -> {
            group.alias()
                    .filter(id -> !id.equals(alias.id()))
                    .flatMap(known::groupAlias)
                    .ifPresent(other -> forget(IdentityLayout.GROUP_ALIASES, other));
            return group.withAlias(Optional.of(alias.id()));
        });
    }

    public void deleteGroupAlias(Alias alias) {
        forget(IdentityLayout.GROUP_ALIASES, alias);
        change(alias.owner(), group -> group.withAlias(Optional.empty()));
    }

    /// Writes a group that is new or has changed, and tells those who came in or went out.
    public void save(Group group) {
        Optional<Group> before = known.group(group.id());
        point(before.map(old -> groupName(old.name())), groupName(group.name()), group.id());
        put(group);
        Set<String> people = new HashSet<>(before.map(Group::entities).orElse(List.of()));
        for (String id : group.entities()) {
            if (!people.remove(id)) {
                known.entity(id).ifPresent(entity -> save(entity.inGroup(group.id())));
            }
        }
        people.forEach(id -> known.entity(id).ifPresent(entity -> save(entity.outOfGroup(group.id()))));
        Set<String> parts = new HashSet<>(before.map(Group::groups).orElse(List.of()));
        for (String id : group.groups()) {
            if (!parts.remove(id)) {
                known.group(id).ifPresent(part -> put(part.in(group.id())));
            }
        }
        parts.forEach(id -> known.group(id).ifPresent(part -> put(part.outOf(group.id()))));
    }

    public void delete(Group group) {
        save(group.of(List.of(), List.of()));
        group.alias().flatMap(known::groupAlias).ifPresent(alias -> forget(IdentityLayout.GROUP_ALIASES, alias));
        for (String id : group.parents()) {
            change(id, parent -> parent.of(parent.entities(), Entity.minus(parent.groups(), group.id())));
        }
        writer.delete(groupName(group.name()));
        writer.delete(IdentityLayout.GROUPS.key(group.id()));
        writer.put(IdentityLayout.GROUPS_GUARD, GUARD);
    }

    /// Changes a group's record alone, if the group is there: its other ends are the caller's.
    private void change(String id, UnaryOperator<Group> work) {
        known.group(id).ifPresent(group -> put(work.apply(group).changed(now)));
    }

    private void put(Group group) {
        writer.put(IdentityLayout.GROUPS.key(group.id()), group.record());
        writer.put(IdentityLayout.GROUPS_GUARD, GUARD);
    }

    private void write(AliasFolders kind, Alias alias) {
        Optional<StorageKey> before =
                known.alias(kind, alias.id()).map(old -> kind.pointer(old.accessor(), old.name()));
        point(before, kind.pointer(alias.accessor(), alias.name()), alias.id());
        writer.put(kind.records().key(alias.id()), alias.record());
    }

    private void forget(AliasFolders kind, Alias alias) {
        writer.delete(kind.pointer(alias.accessor(), alias.name()));
        writer.delete(kind.records().key(alias.id()));
    }

    private void point(Optional<StorageKey> before, StorageKey name, String id) {
        if (before.isPresent() && before.get().equals(name)) {
            return;
        }
        before.ifPresent(writer::delete);
        writer.put(name, new Pointer(id).record());
    }

    private static StorageKey entityName(IdentityName name) {
        return IdentityLayout.ENTITY_NAMES.key(name.text());
    }

    private static StorageKey groupName(IdentityName name) {
        return IdentityLayout.GROUP_NAMES.key(name.text());
    }
}
