// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Timestamps;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// The values of secrets: `data/` and, without the values, `subkeys/`.
final class DataRoutes {
    private static final Field VERSION = Field.number("version", "Which version; 0 for the newest.");
    private static final Field DEPTH = Field.number("depth", "How many levels of names; 0 for all.");
    private static final Field DATA = Field.object("data", "The secret: an object of any form.");
    private static final Field OPTIONS =
            Field.object("options", "With cas: the number that the newest version must have, 0 for none yet.");
    private static final Response NO_DATA = new Response.Invalid("no data provided");

    private DataRoutes() {}

    static List<Route> routes() {
        String data = "data/" + SecretPath.CAPTURE;
        return List.of(
                Route.reads(data, Operation.READ, "Reads a version of a secret.", DataRoutes::read)
                        .with(VERSION),
                Route.writes(data, Operation.UPDATE, "Writes a new version of a secret.", DataRoutes::write)
                        .with(DATA, OPTIONS)
                        .creates(DataRoutes::exists),
                Route.writes(
                                data,
                                Operation.PATCH,
                                "Writes a new version: the newest with a merge patch.",
                                DataRoutes::patch)
                        .with(DATA, OPTIONS),
                Route.writes(
                        data, Operation.DELETE, "Deletes the newest version; it can be undeleted.", DataRoutes::delete),
                Route.reads(
                                "subkeys/" + SecretPath.CAPTURE,
                                Operation.READ,
                                "Reads the names in a secret without its values.",
                                DataRoutes::subkeys)
                        .with(VERSION, DEPTH));
    }

    static boolean exists(Call call, Reader<Plaintext> reader) {
        return SecretPath.name(call)
                .flatMap(path -> Gate.store(call, reader).metadata(path))
                .isPresent();
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return Gate.found(
                call,
                reader,
                (path, metadata, store) -> version(call, metadata, "data", number -> store.value(path, number)));
    }

    private static Response subkeys(Call call, Reader<Plaintext> reader) {
        long depth = call.request().values().number("depth").orElse(0);
        if (depth < 0) {
            return new Response.Invalid("depth must not be negative");
        }
        return Gate.found(
                call,
                reader,
                (path, metadata, store) ->
                        version(call, metadata, "subkeys", number -> Subkeys.of(store.tree(path, number), depth)));
    }

    private static Response version(Call call, KeyMetadata metadata, String name, Content content) {
        long asked = call.request().values().number("version").orElse(0);
        if (asked < 0) {
            return new Response.Invalid("version must not be negative");
        }
        long number = asked == 0 ? metadata.current() : asked;
        Optional<VersionState> state = metadata.version(number);
        if (state.isEmpty()) {
            return Response.ABSENT;
        }
        boolean gone = state.get().gone(call.now());
        Json.Obj answer = Json.object()
                .put(name, gone ? Json.NULL : content.of(number))
                .put("metadata", Answers.version(metadata, number, state.get()))
                .build();
        return gone ? new Response.Gone(answer, List.of()) : new Response.Ok(answer);
    }

    private interface Content {
        Json of(long number);
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            Values values = call.request().values();
            Optional<Json.Obj> data = values.object("data");
            if (data.isEmpty()) {
                return NO_DATA;
            }
            KeyMetadata metadata =
                    changes.store().metadata(path).orElseGet(() -> KeyMetadata.fresh(Timestamps.format(call.now())));
            Optional<String> refusal = CheckAndSet.refusal(values, changes.mount(), metadata);
            return refusal.isPresent()
                    ? new Response.Invalid(refusal.get())
                    : written(changes.add(path, metadata, data.get(), call.now()));
        });
    }

    private static Response patch(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            Values values = call.request().values();
            Optional<Json.Obj> data = values.object("data");
            if (data.isEmpty()) {
                return NO_DATA;
            }
            Optional<KeyMetadata> metadata = changes.store().metadata(path);
            if (metadata.isEmpty()) {
                return Response.ABSENT;
            }
            Optional<String> refusal = CheckAndSet.refusal(values, changes.mount(), metadata.get());
            return refusal.isPresent()
                    ? new Response.Invalid(refusal.get())
                    : patched(call, path, metadata.get(), data.get(), changes);
        });
    }

    private static Response patched(
            Call call, String path, KeyMetadata metadata, Json.Obj patch, SecretChanges changes) {
        long number = metadata.current();
        Optional<VersionState> state = metadata.version(number);
        if (state.isEmpty()) {
            return Response.ABSENT;
        }
        if (state.get().gone(call.now())) {
            return new Response.Gone(Answers.version(metadata, number, state.get()), List.of());
        }
        Json data = MergePatch.apply(changes.store().tree(path, number), patch);
        return written(changes.add(path, metadata, data, call.now()));
    }

    private static Response written(KeyMetadata added) {
        long number = added.current();
        return new Response.Ok(
                Answers.version(added, number, added.version(number).orElseThrow()));
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            changes.store()
                    .metadata(path)
                    .flatMap(metadata ->
                            metadata.changing(List.of(metadata.current()), VersionRoutes.deletion(call.now())))
                    .ifPresent(changed -> changes.save(path, changed));
            return Response.NO_CONTENT;
        });
    }
}
