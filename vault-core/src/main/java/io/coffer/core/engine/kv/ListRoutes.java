// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import java.util.List;
import java.util.Optional;

/// The names of secrets: `metadata/` as a folder, and `detailed-metadata/` with what is known of each.
final class ListRoutes {
    /// The most secrets that one answer describes: each costs a read.
    static final int MOST_DETAILED = 10_000;

    private ListRoutes() {}

    static List<Route> routes() {
        return List.of(
                route("metadata/", Operation.LIST, "Lists a folder.", (path, paging, store) -> children(
                                path, paging, store)
                        .listed()),
                route("metadata/", Operation.SCAN, "Lists all secrets below a folder.", (path, paging, store) -> below(
                                path, paging, store)
                        .scanned()),
                route(
                        "detailed-metadata/",
                        Operation.LIST,
                        "Lists a folder with metadata.",
                        (path, paging, store) -> detailed(children(path, paging, store), path, store)
                                .orElse(Response.ABSENT)),
                route(
                        "detailed-metadata/",
                        Operation.SCAN,
                        "Lists all secrets with metadata.",
                        (path, paging, store) -> detailed(below(path, paging, store), path, store)
                                .orElse(new Response.Ok(Json.EMPTY))));
    }

    private static Route route(String folder, Operation operation, String help, Gate.Paged work) {
        Handler.Read handler = (call, reader) -> Gate.listing(call, reader, work);
        return Route.reads(folder + SecretPath.CAPTURE, operation, help, handler)
                .with(Paging.AFTER, Paging.LIMIT);
    }

    private static Listing children(String path, Paging paging, SecretStore store) {
        return Listing.children(store.reader(), folder(path, store), paging);
    }

    private static Listing below(String path, Paging paging, SecretStore store) {
        return Listing.below(store.reader(), folder(path, store), paging);
    }

    private static Folder folder(String path, SecretStore store) {
        return store.layout().metadata().folder(path);
    }

    private static Optional<Response> detailed(Listing all, String path, SecretStore store) {
        Listing listing = all.first(MOST_DETAILED);
        if (listing.names().isEmpty()) {
            return Optional.empty();
        }
        Json.Builder info = Json.object();
        for (String name : listing.names()) {
            String secret = path.isEmpty() ? name : path + "/" + name;
            info.put(
                    name,
                    name.endsWith("/")
                            ? Json.EMPTY
                            : store.metadata(secret).map(Answers::metadata).orElse(Json.EMPTY));
        }
        return Optional.of(
                new Response.Ok(listing.keys().put("key_info", info.build()).build(), 0, listing.warnings()));
    }
}
