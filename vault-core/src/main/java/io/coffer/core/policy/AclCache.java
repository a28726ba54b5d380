// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// What was compiled while no policy changed. It belongs to one version of all policies and goes with it. Bounded by
/// rules: when they are too many, it begins anew.
final class AclCache {
    /// The most rules kept, in all.
    static final long LIMIT = 200_000;

    private final Map<Names, Compilation.Compiled> forAll = new ConcurrentHashMap<>();
    private final Map<Key, Compilation.Compiled> forOne = new ConcurrentHashMap<>();
    private final AtomicLong weight = new AtomicLong();

    /// @param added policies that the subject adds
    private record Names(List<String> names, List<PolicyName> added) {}

    /// @param subject who fills in the templates
    private record Key(Names names, Subject subject) {}

    /// @param make compiles for this subject at this moment; asked if nothing that is kept holds
    Acl get(List<String> names, Subject subject, Instant now, Supplier<Compilation.Compiled> make) {
        Names all = new Names(names, subject.policies());
        Compilation.Compiled known = forAll.get(all);
        if (known == null) {
            known = forOne.get(new Key(all, subject));
        }
        if (known != null && known.holds(now)) {
            return known.acl();
        }
        Compilation.Compiled made = make.get();
        makeRoom(1 + made.acl().rules().size() + made.acl().leftOut().size());
        if (made.templated()) {
            forOne.put(new Key(all, subject), made);
        } else {
            forAll.put(all, made);
        }
        return made.acl();
    }

    private void makeRoom(long more) {
        if (weight.addAndGet(more) > LIMIT) {
            forAll.clear();
            forOne.clear();
            weight.set(more);
        }
    }
}
