// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Acls;
import io.coffer.core.policy.Subject;
import io.coffer.core.policy.Subjects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a token lets somebody do: its own policies and those of whom it belongs to.
public final class TokenAcls {
    private final Acls acls;
    private final Subjects subjects;

    public TokenAcls(Acls acls, Subjects subjects) {
        this.acls = acls;
        this.subjects = subjects;
    }

    /// Empty if the token belongs to an entity that is gone or disabled: it lets nobody in.
    public Optional<Acl> of(BarrierReader reader, Token token, Instant now) {
        return subject(reader, token.provenance().entityId())
                .map(subject -> acls.of(reader, token.policies(), subject, now));
    }

    /// What policies of these names would let somebody do who belongs to no entity.
    public Acl of(BarrierReader reader, List<String> names, Instant now) {
        return acls.of(reader, names, Subject.NOBODY, now);
    }

    private Optional<Subject> subject(BarrierReader reader, String entityId) {
        return entityId.isEmpty() ? Optional.of(Subject.NOBODY) : subjects.of(reader, entityId);
    }
}
