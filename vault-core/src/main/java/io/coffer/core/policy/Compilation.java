// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.barrier.BarrierReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes one {@link Acl} of many policies, and finds out for whom and how long it holds.
final class Compilation {
    private final PolicyStore policies;
    private final BarrierReader reader;
    private final Instant now;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private boolean templated;
    private Instant from = Instant.MIN;
    private Instant until = Instant.MAX;

    /// @param templated whether it holds for this subject only
    /// @param from the first moment that it holds for
    /// @param until the first moment after that it does not
    record Compiled(Acl acl, boolean templated, Instant from, Instant until) {
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    Compilation(PolicyStore policies, BarrierReader reader, Instant now) {
        this.policies = policies;
        this.reader = reader;
        this.now = now;
    }

    Compiled compile(List<String> names, Subject subject) {
        Set<PolicyName> all = new LinkedHashSet<>();
        names.stream()
                .filter(name -> PolicyName.refusal(name).isEmpty())
                .map(PolicyName::of)
                .forEach(all::add);
        all.addAll(subject.policies());
        for (PolicyName name : all) {
            policies.find(reader, name)
                    .ifPresentOrElse(
                            policy -> add(name, policy, subject),
                            () -> leftOut.add(LeftOut.whole(name, LeftOut.Why.ABSENT)));
        }
        return new Compiled(Acl.of(rules.values(), List.copyOf(all), leftOut), templated, from, until);
    }

    private void add(PolicyName name, StoredPolicy stored, Subject subject) {
        templated |= stored.policy().isTemplated();
        if (ended(stored.extras().expiration().orElse(Instant.MAX))) {
            leftOut.add(LeftOut.whole(name, LeftOut.Why.ENDED));
            return;
        }
        for (Stanza stanza : stored.policy().stanzas()) {
            if (ended(stanza.end())) {
                leave(name, stanza, LeftOut.Why.ENDED);
                continue;
            }
            if (stanza.path().dependsOnTime()) {
                narrow(Instant.ofEpochSecond(now.getEpochSecond()), Instant.ofEpochSecond(now.getEpochSecond() + 1));
            }
            Optional<String> path = stanza.path().resolve(subject, stored.leave(), now);
            if (path.isEmpty()) {
                leave(name, stanza, LeftOut.Why.UNFILLED);
            } else if (path.get().contains("+*")) {
                leave(name, stanza, LeftOut.Why.FORBIDDEN);
            } else {
                add(name, stanza, path.get());
            }
        }
    }

    private void leave(PolicyName name, Stanza stanza, LeftOut.Why why) {
        leftOut.add(new LeftOut(name, stanza.label(), stanza.at().line(), why));
    }

    private void add(PolicyName name, Stanza stanza, String path) {
        Rule.Source source = new Rule.Source(
                name,
                stanza.label(),
                stanza.at().line(),
                stanza.at().column(),
                stanza.terms().capabilities());
        rules.merge(path, new Rule(new PathGlob(path), stanza.terms(), List.of(source)), Rule::with);
    }

    private boolean ended(Instant end) {
        boolean ended = !now.isBefore(end);
        narrow(ended ? end : Instant.MIN, ended ? Instant.MAX : end);
        return ended;
    }

    private void narrow(Instant first, Instant last) {
        from = first.isAfter(from) ? first : from;
        until = last.isBefore(until) ? last : until;
    }
}
