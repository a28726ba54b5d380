// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.Subject;
import io.coffer.core.policy.Subjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Entities as policies see them.
public final class IdentitySubjects implements Subjects {
    @Override
    public Optional<Subject> of(BarrierReader reader, String entityId) {
        Identities known = new Identities(reader);
        return known.holder(entityId).filter(entity -> !entity.disabled()).map(entity -> reader.cached(
                        IdentityLayout.GROUPS_GUARD, Seen::new)
                .subject(known, new Person(entity, known.aliases(entity))));
    }

    /// All of somebody that is not a group's.
    private record Person(Entity entity, List<Alias> aliases) {}

    /// Those who were looked at while no group changed: going through somebody's groups costs more than all else.
    /// Bounded by memberships; when they are too many, it begins anew.
    private static final class Seen {
        /// The most people and memberships kept, in all.
        private static final int MOST = 20_000;

        private final Map<Person, Subject> subjects = new ConcurrentHashMap<>();
        private final AtomicLong weight = new AtomicLong();

        Subject subject(Identities known, Person person) {
            Subject before = subjects.get(person);
            if (before != null) {
                return before;
            }
            Subject made = IdentitySubjects.subject(person, known.groupsOf(person.entity()));
            int more = 1 + made.groups().size();
            if (weight.addAndGet(more) > MOST) {
                subjects.clear();
                weight.set(more);
            }
            subjects.put(person, made);
            return made;
        }
    }

    private static Subject subject(Person person, List<Group> groups) {
        Entity entity = person.entity();
        return new Subject(
                entity.id(),
                entity.name().text(),
                entity.metadata(),
                person.aliases().stream().map(IdentitySubjects::alias).toList(),
                groups.stream().map(IdentitySubjects::group).toList(),
                Identities.policies(entity, groups));
    }

    private static Subject.Alias alias(Alias alias) {
        return new Subject.Alias(alias.accessor(), alias.id(), alias.name().text(), alias.metadata(), alias.custom());
    }

    private static Subject.Group group(Group group) {
        return new Subject.Group(group.id(), group.name().text(), group.metadata());
    }
}
