// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Caller;
import io.coffer.core.request.Incoming;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenAcls;
import io.coffer.core.token.TokenStore;
import java.time.Instant;
import java.util.Optional;

/// Finds out who a request comes from, and what his policies let him do on the same snapshot.
public final class Callers {
    private final TokenStore tokens;
    private final TokenAcls acls;

    public Callers(TokenStore tokens, TokenAcls acls) {
        this.tokens = tokens;
        this.acls = acls;
    }

    /// Who calls, if the token is one of this vault and lets somebody in.
    Optional<Caller> of(BarrierReader reader, Incoming incoming, Instant now) {
        return incoming.credential()
                .flatMap(credential -> tokens.find(reader, credential, now))
                .filter(found -> found.token().admits(incoming.origin().address()))
                .flatMap(found -> caller(reader, found, now));
    }

    private Optional<Caller> caller(BarrierReader reader, TokenStore.Found found, Instant now) {
        Token token = found.token();
        return acls.of(reader, token, now)
                .map(acl -> new Caller(
                        found.id(),
                        token.accessor(),
                        token.provenance().displayName(),
                        token.policies(),
                        token.provenance().entityId(),
                        token.isCounted(),
                        Optional.of(token),
                        acl));
    }
}
