// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.mount.Mount;
import io.coffer.core.request.Json;
import io.coffer.core.system.SpecRoutes;
import java.util.List;
import java.util.Locale;

/// What `?help=1` answers, read from the routes.
final class HelpText {
    private HelpText() {}

    static Json of(String path, Mount mount, List<Route> routes) {
        StringBuilder text = new StringBuilder(path).append('\n');
        for (Route route : routes) {
            text.append('\n')
                    .append(route.operation().wireName().toUpperCase(Locale.ROOT))
                    .append(' ')
                    .append(route.pattern())
                    .append("\n    ")
                    .append(route.help())
                    .append('\n');
            for (Field field : route.fields()) {
                text.append("    ")
                        .append(field.name())
                        .append(" (")
                        .append(field.type().name().toLowerCase(Locale.ROOT))
                        .append("): ")
                        .append(field.help())
                        .append('\n');
            }
        }
        return Json.object()
                .put("help", text.toString())
                .put("see_also", Json.NULL)
                .put("openapi", SpecRoutes.of(mount, routes))
                .build();
    }
}
