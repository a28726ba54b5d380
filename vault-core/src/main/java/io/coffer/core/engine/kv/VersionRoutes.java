// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Timestamps;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.time.Instant;
import java.util.List;

/// What happens to single versions: `delete/`, `undelete/`, `destroy/`. Versions that are not there are passed over.
final class VersionRoutes {
    private static final Field VERSIONS = Field.numbers("versions", "The numbers of the versions.");

    private VersionRoutes() {}

    private interface Plan {
        KeyMetadata.Change of(String path, KeyMetadata metadata, SecretChanges changes, Instant now);
    }

    static List<Route> routes() {
        return List.of(
                route(
                        "delete",
                        "Deletes versions; they can be undeleted.",
                        "No version number provided",
                        (path, metadata, changes, now) -> deletion(now)),
                route(
                        "undelete",
                        "Restores deleted versions.",
                        "No version number provided",
                        (path, metadata, changes, now) -> restoration(metadata, changes, now)),
                route(
                        "destroy",
                        "Removes the values of versions for good.",
                        "no version number provided",
                        (path, metadata, changes, now) -> destruction(path, metadata, changes)));
    }

    private static Route route(String name, String help, String without, Plan plan) {
        Handler.Write work = (call, writer) -> Gate.write(call, writer, (path, changes) -> {
            List<Long> numbers = call.request().values().numbers("versions").orElse(List.of());
            if (numbers.isEmpty()) {
                return new Response.Invalid(without);
            }
            changes.store().metadata(path).ifPresent(metadata -> {
                KeyMetadata.Change change = plan.of(path, metadata, changes, call.now());
                metadata.changing(numbers, change).ifPresent(changed -> changes.save(path, changed));
            });
            return Response.NO_CONTENT;
        });
        return Route.writes(name + "/" + SecretPath.CAPTURE, Operation.UPDATE, help, work)
                .with(VERSIONS);
    }

    static KeyMetadata.Change deletion(Instant now) {
        String moment = Timestamps.format(now);
        return (number, state) -> state.gone(now) ? state : state.deletedAt(moment);
    }

    private static KeyMetadata.Change restoration(KeyMetadata metadata, SecretChanges changes, Instant now) {
        String deletion = metadata.settings().deletion(changes.mount(), now);
        return (number, state) -> state.destroyed() ? state : state.deletedAt(deletion);
    }

    private static KeyMetadata.Change destruction(String path, KeyMetadata metadata, SecretChanges changes) {
        return (number, state) -> {
            changes.destroy(path, metadata, number);
            return state.asDestroyed();
        };
    }
}
