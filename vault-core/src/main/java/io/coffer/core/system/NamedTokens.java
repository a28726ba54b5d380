// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.Acl;
import io.coffer.core.request.Credential;
import io.coffer.core.token.TokenAcls;
import io.coffer.core.token.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tokens that requests are about, and what they may do.
public final class NamedTokens {
    private final TokenStore tokens;
    private final TokenAcls acls;

    public NamedTokens(TokenStore tokens, TokenAcls acls) {
        this.tokens = tokens;
        this.acls = acls;
    }

    Optional<Acl> byText(BarrierReader reader, String text, Instant now) {
        return credential(text)
                .flatMap(credential -> tokens.find(reader, credential, now))
                .flatMap(found -> acls.of(reader, found.token(), now));
    }

    Optional<Acl> byAccessor(BarrierReader reader, String accessor, Instant now) {
        return tokens.findByAccessor(reader, accessor, now).flatMap(found -> acls.of(reader, found.token(), now));
    }

    /// What policies of these names would allow.
    Acl ofPolicies(BarrierReader reader, List<String> names, Instant now) {
        return acls.of(reader, names, now);
    }

    private static Optional<Credential> credential(String text) {
        boolean proper = !text.isEmpty()
                && text.length() <= Credential.LONGEST
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return proper ? Optional.of(new Credential(text)) : Optional.empty();
    }
}
