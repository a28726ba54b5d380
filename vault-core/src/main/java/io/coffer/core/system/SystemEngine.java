// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import java.util.List;

/// The mount `sys/`.
public final class SystemEngine implements Engine {
    private final List<Route> routes;

    @SafeVarargs
    @SuppressWarnings("varargs")
    public SystemEngine(List<Route>... nouns) {
        this.routes = List.of(nouns).stream().flatMap(List::stream).toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
