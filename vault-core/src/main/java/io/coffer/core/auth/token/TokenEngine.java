// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.policy.PolicyStore;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.stream.Stream;

/// `auth/token/`: makes tokens, tells of them, renews and ends them.
public final class TokenEngine implements Engine {
    private final List<Route> routes;

    public TokenEngine(TokenStore tokens, PolicyStore policies, MountTable mounts, MountDefaults standard) {
        this.routes = Stream.of(
                        new LookupRoutes(tokens).routes(),
                        new CreateRoutes(tokens, new Rights(policies)).routes(),
                        new RenewRoutes(tokens, mounts, standard).routes(),
                        new RevokeRoutes(tokens).routes(),
                        RoleRoutes.routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
