// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.policy.Acl;
import io.coffer.core.token.Token;
import java.util.List;
import java.util.Optional;

/// Who called, as far as the pipeline found out. Nobody in particular on routes that ask for no token.
///
/// @param id a name for what belongs to this token alone, derived from it under a key of the vault; empty
///     for nobody and for tokens that are stored nowhere
/// @param accessor empty for nobody
/// @param policies lower-case, sorted, without duplicates
/// @param entityId empty if the token belongs to no entity
/// @param counted whether each request costs the token one of so many uses
/// @param token that was shown; empty for nobody
/// @param acl what the policies allow
public record Caller(
        String id,
        String accessor,
        String displayName,
        List<String> policies,
        String entityId,
        boolean counted,
        Optional<Token> token,
        Acl acl) {
    public static final Caller NOBODY = new Caller("", "", "", List.of(), "", false, Optional.empty(), Acl.NONE);

    public Caller {
        policies = List.copyOf(policies);
    }
}
