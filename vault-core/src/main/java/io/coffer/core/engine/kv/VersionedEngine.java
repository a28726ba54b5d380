// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import java.util.List;
import java.util.stream.Stream;

/// Version 2: a path holds several versions of an object.
final class VersionedEngine implements Engine {
    private static final List<Route> ROUTES = Stream.of(
                    ConfigRoutes.routes(),
                    DataRoutes.routes(),
                    MetadataRoutes.routes(),
                    ListRoutes.routes(),
                    VersionRoutes.routes(),
                    WrongPath.routes())
            .flatMap(List::stream)
            .toList();

    @Override
    public List<Route> routes() {
        return ROUTES;
    }
}
