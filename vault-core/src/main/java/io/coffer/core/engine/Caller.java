// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.policy.Acl;
import java.util.List;

/// Who called, as far as the pipeline found out. Nobody in particular on routes that ask for no token.
///
/// @param id a name for what belongs to this token alone, derived from it under a key of the vault; empty
///     for nobody and for tokens that are stored nowhere
/// @param accessor empty for nobody
/// @param policies lower-case, sorted, without duplicates
/// @param entityId empty if the token belongs to no entity
/// @param counted whether each request costs the token one of so many uses
/// @param acl what the policies allow
public record Caller(
        String id,
        String accessor,
        String displayName,
        List<String> policies,
        String entityId,
        boolean counted,
        Acl acl) {
    public static final Caller NOBODY = new Caller("", "", "", List.of(), "", false, Acl.NONE);

    public Caller {
        policies = List.copyOf(policies);
    }
}
