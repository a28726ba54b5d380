// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.barrier.BarrierReader;
import java.time.Instant;
import java.util.List;

/// Compiles the policies of callers, and keeps what it compiled until a policy changes.
public final class Acls {
    private final PolicyStore policies;

    public Acls(PolicyStore policies) {
        this.policies = policies;
    }

    /// What somebody may do on this snapshot. A name without a policy allows nothing and forbids nothing.
    ///
    /// @param names of the token's policies, canonical; with root among them the others say nothing
    /// @param subject whose policies come on top, and who fills in templates
    public Acl of(BarrierReader reader, List<String> names, Subject subject, Instant now) {
        if (names.contains(PolicyName.ROOT.value())) {
            return Acl.ROOT;
        }
        AclCache cache = reader.cached(PolicyStore.GUARD, AclCache::new);
        return cache.get(names, subject, now, () -> new Compilation(policies, reader, now).compile(names, subject));
    }
}
