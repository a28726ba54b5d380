// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.MountTable;
import java.util.List;
import java.util.stream.Stream;

/// Entities, groups, their aliases, and looking for them.
public final class IdentityEngine implements Engine {
    private final List<Route> routes;

    public IdentityEngine(MountTable mounts) {
        Answers answers = new Answers(mounts);
        this.routes = Stream.of(
                        new EntityRoutes(answers).routes(),
                        new AliasRoutes(answers).routes(),
                        new GroupRoutes(answers).routes(),
                        new GroupAliasRoutes(answers).routes(),
                        new LookupRoutes(answers).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
