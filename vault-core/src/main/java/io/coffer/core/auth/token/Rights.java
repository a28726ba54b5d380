// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.identity.Identities;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.policy.PolicyStore;
import io.coffer.core.token.Token;
import java.util.List;

/// What the policies say, as far as tokens ask.
record Rights(PolicyStore policies) {
    /// Whether the caller has the right `sudo` on the path that he calls.
    static boolean sudo(Call call) {
        return call.caller().acl().hasSudo(call.request().incoming().path());
    }

    /// What the entity of a token adds to its policies.
    static List<String> identity(BarrierReader reader, Token token) {
        String entity = token.provenance().entityId();
        Identities known = new Identities(reader);
        return entity.isEmpty()
                ? List.of()
                : known.holder(entity).map(known::policiesOf).orElse(List.of());
    }

    /// A warning for each name that no policy has.
    List<String> warnings(BarrierReader reader, List<String> names) {
        return names.stream()
                .map(PolicyName::of)
                .filter(name -> !name.isRoot() && policies.find(reader, name).isEmpty())
                .map(name -> "Policy \"" + name + "\" does not exist")
                .toList();
    }
}
