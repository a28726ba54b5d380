// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what answers a path.
final class Router {
    private Router() {}

    /// What was found.
    sealed interface Match {
        /// @param captures what the path captures, by name
        record Found(Mount mount, Route route, Map<String, String> captures) implements Match {}

        record NoMount() implements Match {}

        /// The mount has no endpoint of this form.
        record NoPath(Mount mount) implements Match {}

        /// The endpoint has another operation.
        record NoOperation(Mount mount) implements Match {}

        /// Somebody asks what may be done there.
        record Help(Mount mount, List<Route> routes) implements Match {}
    }

    /// What whoever asks at a path without a mount is told, also where one was until now.
    static Response noMount(Incoming incoming) {
        return new Response.NotFound("no handler for route \"" + incoming.path() + "\". route entry not found.");
    }

    /// @param path canonical, with a '/' at its end if it asks for a folder
    static Match route(Mounts mounts, String path, Operation operation) {
        Optional<Mounts.Served> served = mounts.route(path);
        if (served.isEmpty()) {
            return new Match.NoMount();
        }
        Mount mount = served.get().mount();
        String below = path.length() < mount.path().length()
                ? ""
                : path.substring(mount.path().length());
        if (operation == Operation.HELP) {
            return help(served.get(), below);
        }
        boolean known = false;
        for (Route route : served.get().engine().routes()) {
            Optional<Map<String, String>> captures = route.pattern().match(below);
            if (captures.isPresent() && route.operation() == operation) {
                return new Match.Found(mount, route, captures.get());
            }
            known |= captures.isPresent();
        }
        return known ? new Match.NoOperation(mount) : new Match.NoPath(mount);
    }

    /// The route of the vault's own engine that answers also without a mount table, because it works in any state.
    static Optional<Match.Found> anyState(Engine system, Mount none, String path, Operation operation) {
        return system(system, none, path, operation)
                .filter(found -> switch (found.route().access()) {
                    case ANY_STATE, TOKEN_IF_UNSEALED -> true;
                    case TOKEN, ANY_TOKEN, ANYONE, ANYONE_NAMED, TOKEN_OR_SHARE, WRAPPING -> false;
                });
    }

    /// The route of a ceremony of the vault's own engine: those that clients of old know, which answer bare.
    static Optional<Match.Found> ceremony(Engine system, Mount none, String path, Operation operation) {
        return system(system, none, path, operation)
                .filter(found -> found.route().shape() == Shape.RAW)
                .filter(found -> switch (found.route().access()) {
                    case TOKEN_OR_SHARE -> true;
                    case ANYONE_NAMED -> found.route().shape() == Shape.RAW;
                    case TOKEN, ANY_TOKEN, ANYONE, ANY_STATE, TOKEN_IF_UNSEALED, WRAPPING -> false;
                });
    }

    /// The route of the vault's own engine, whatever it asks for.
    static Optional<Match.Found> system(Engine system, Mount none, String path, Operation operation) {
        if (!path.startsWith("sys/")) {
            return Optional.empty();
        }
        String below = path.substring("sys/".length());
        for (Route route : system.routes()) {
            Optional<Map<String, String>> captures = route.pattern().match(below);
            if (captures.isPresent() && route.operation() == operation) {
                return Optional.of(new Match.Found(none, route, captures.get()));
            }
        }
        return Optional.empty();
    }

    private static Match help(Mounts.Served served, String below) {
        List<Route> routes = served.engine().routes().stream()
                .filter(route -> below.isEmpty() || route.pattern().match(below).isPresent())
                .toList();
        return routes.isEmpty() ? new Match.NoPath(served.mount()) : new Match.Help(served.mount(), routes);
    }
}
