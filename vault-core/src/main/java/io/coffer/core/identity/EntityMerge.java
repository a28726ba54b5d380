// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes several entities one: aliases and memberships go to the one that stays, policies and metadata of
/// the others go with them.
///
/// @param force whether, of two aliases in one login mount, the one of the entity that stays is kept
/// @param keep ids of the aliases to keep where there are two in one mount
public record EntityMerge(String to, List<String> from, boolean force, Set<String> keep) {
    public EntityMerge {
        from = List.copyOf(from);
        keep = Set.copyOf(keep);
    }

    /// Does it, or says why nothing was changed.
    public Optional<String> run(IdentityChanges changes) {
        Identities known = changes.known();
        Optional<Entity> target = known.entity(to);
        if (target.isEmpty()) {
            return Optional.of("entity id to merge to is invalid");
        }
        List<Entity> sources = new ArrayList<>();
        for (String id : new HashSet<>(from)) {
            Optional<Entity> source = known.entity(id);
            if (source.isEmpty() || id.equals(to)) {
                return Optional.of(
                        id.equals(to)
                                ? "to_entity_id should not be present in from_entity_ids"
                                : "entity id to merge from is invalid");
            }
            sources.add(source.get());
        }
        Map<String, Alias> byMount = new LinkedHashMap<>();
        List<Alias> lost = new ArrayList<>();
        known.aliases(target.get()).forEach(alias -> byMount.put(alias.accessor(), alias));
        for (Entity source : sources) {
            for (Alias alias : known.aliases(source)) {
                Alias there = byMount.putIfAbsent(alias.accessor(), alias);
                if (there != null) {
                    if (!force && !keep.contains(alias.id()) && !keep.contains(there.id())) {
                        return Optional.of("conflicting aliases in one login mount: name those to keep in"
                                + " conflicting_alias_ids_to_keep, or set force");
                    }
                    boolean later = keep.contains(alias.id());
                    byMount.put(alias.accessor(), later ? alias : there);
                    lost.add(later ? there : alias);
                }
            }
        }
        lost.forEach(changes::delete);
        sources.forEach(source -> absorb(changes, source.id()));
        return Optional.empty();
    }

    private void absorb(IdentityChanges changes, String id) {
        Identities known = changes.known();
        for (Alias alias : known.aliases(known.entity(id).orElseThrow())) {
            changes.save(alias.mergedInto(to, changes.now()));
        }
        for (String group : known.entity(id).orElseThrow().groups()) {
            known.group(group)
                    .filter(in -> !in.entities().contains(to))
                    .ifPresent(in -> changes.save(
                            in.of(Entity.plus(in.entities(), to), in.groups()).changed(changes.now())));
        }
        Entity gone = known.entity(id).orElseThrow();
        changes.delete(gone);
        changes.follow(gone, to);
        changes.save(known.entity(to).orElseThrow().absorbing(gone, changes.now()));
    }
}
