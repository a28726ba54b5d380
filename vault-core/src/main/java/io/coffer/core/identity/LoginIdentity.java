// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Somebody who has just logged in, as the login method names them.
///
/// @param accessor of the login mount
/// @param metadata what the method says of them; kept with the alias
/// @param groups names of the groups that the method says they are in; empty if it says nothing of groups
public record LoginIdentity(
        String accessor, IdentityName name, Map<String, String> metadata, Optional<List<IdentityName>> groups) {

    /// The entity of whoever logged in, made if this is the first time. External groups of this mount take
    /// them in or let them go as the method says.
    public Entity resolve(IdentityChanges changes) {
        Identities known = changes.known();
        Optional<Alias> alias = known.alias(accessor, name);
        Alias current = alias.orElseGet(() -> firstTime(changes));
        if (!current.metadata().equals(metadata)) {
            changes.save(current.withMetadata(metadata, changes.now()));
        }
        groups.ifPresent(names -> move(changes, current.owner(), names));
        return known.entity(current.owner()).orElseThrow(() -> new IllegalStateException("an alias has no entity"));
    }

    private Alias firstTime(IdentityChanges changes) {
        Entity entity = Entity.fresh(changes.newId(), changes.newName("entity"), changes.now());
        changes.save(entity);
        Alias alias = Alias.fresh(changes.newId(), entity.id(), name, accessor, changes.now())
                .withMetadata(metadata, changes.now());
        changes.save(alias);
        return alias;
    }

    private void move(IdentityChanges changes, String id, List<IdentityName> names) {
        Identities known = changes.known();
        Set<String> wanted = new HashSet<>();
        for (IdentityName group : names) {
            known.groupAlias(accessor, group).ifPresent(found -> wanted.add(found.owner()));
        }
        for (String group : known.entity(id).orElseThrow().groups()) {
            known.group(group)
                    .filter(in -> isOurs(known, in) && !wanted.contains(group))
                    .ifPresent(in -> changes.save(
                            in.of(Entity.minus(in.entities(), id), in.groups()).changed(changes.now())));
        }
        for (String group : wanted) {
            known.group(group)
                    .filter(in -> !in.entities().contains(id))
                    .ifPresent(in -> changes.save(
                            in.of(Entity.plus(in.entities(), id), in.groups()).changed(changes.now())));
        }
    }

    private boolean isOurs(Identities known, Group group) {
        return group.external()
                && group.alias()
                        .flatMap(known::groupAlias)
                        .filter(alias -> alias.accessor().equals(accessor))
                        .isPresent();
    }
}
