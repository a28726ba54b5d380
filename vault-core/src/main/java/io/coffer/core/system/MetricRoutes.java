// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;
import java.util.Locale;

/// `sys/metrics`: what is counted about this process, none of which names a client, a path or a secret.
public final class MetricRoutes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Measures measures;

    public MetricRoutes(Measures measures) {
        this.measures = measures;
    }

    public List<Route> routes() {
        return List.of(Route.surveys(
                        "metrics",
                        Operation.READ,
                        "Return what is counted about this process.",
                        (call, reader) -> answer(
                                measures, call.request().values().text("format").orElse("")))
                .shape(Shape.RAW)
                .with(Field.text("format", "prometheus, or json if not given.")));
    }

    /// The answer to whoever may read them, in whatever state the vault is.
    public static Response answer(Measures measures, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "prometheus" -> new Response.Plain(PROMETHEUS, measures.prometheus());
            case "", "json" -> new Response.Ok(measures.json());
            default -> new Response.Invalid("metrics are told in format \"prometheus\" or \"json\"");
        };
    }
}
