// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.policy.Subject;
import io.coffer.core.policy.Subjects;
import java.util.List;
import java.util.Optional;

/// Entities as policies see them.
public final class IdentitySubjects implements Subjects {
    @Override
    public Optional<Subject> of(BarrierReader reader, String entityId) {
        Identities known = new Identities(reader);
        return known.entity(entityId).filter(entity -> !entity.disabled()).map(entity -> subject(known, entity));
    }

    private static Subject subject(Identities known, Entity entity) {
        List<Group> groups = known.groupsOf(entity);
        return new Subject(
                entity.id(),
                entity.name().text(),
                entity.metadata(),
                known.aliases(entity).stream().map(IdentitySubjects::alias).toList(),
                groups.stream().map(IdentitySubjects::group).toList(),
                known.policiesOf(entity).stream()
                        .filter(name -> PolicyName.refusal(name).isEmpty())
                        .map(PolicyName::of)
                        .toList());
    }

    private static Subject.Alias alias(Alias alias) {
        return new Subject.Alias(alias.accessor(), alias.id(), alias.name().text(), alias.metadata(), alias.custom());
    }

    private static Subject.Group group(Group group) {
        return new Subject.Group(group.id(), group.name().text(), group.metadata());
    }
}
