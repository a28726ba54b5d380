// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.function.Function;

/// Version 1: a path holds the object that was written last.
final class UnversionedEngine implements Engine {
    private static final Response MISSING_PATH = new Response.Invalid("missing path");

    @Override
    public List<Route> routes() {
        String path = SecretPath.CAPTURE;
        return List.of(
                Route.reads(path, Operation.READ, "Reads a secret.", UnversionedEngine::read),
                Route.writes(
                                path,
                                Operation.UPDATE,
                                "Writes a secret; the body is the whole of it.",
                                UnversionedEngine::write)
                        .withOpenFields()
                        .creates(UnversionedEngine::exists),
                Route.writes(path, Operation.DELETE, "Deletes a secret.", UnversionedEngine::delete),
                Route.reads(path, Operation.LIST, "Lists a folder.", UnversionedEngine::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(path, Operation.SCAN, "Lists all secrets below a folder.", UnversionedEngine::scan)
                        .with(Paging.AFTER, Paging.LIMIT));
    }

    private static boolean exists(Call call, Reader<Plaintext> reader) {
        return SecretPath.name(call)
                .flatMap(path -> reader.get(layout(call).unversioned(path)))
                .isPresent();
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return found(
                call,
                reader,
                record -> new Response.Ok(
                        record.data(),
                        record.lease().orElse(call.mount().defaultTtl().toSeconds()),
                        List.of()));
    }

    /// The answer of the work on the secret that a request asks for, if it is there.
    static Response found(Call call, Reader<Plaintext> reader, Function<UnversionedRecord, Response> work) {
        return SecretPath.of(call, Response.ABSENT, path -> {
            var key = layout(call).unversioned(path);
            return reader.get(key)
                    .map(value -> work.apply(UnversionedRecord.read(key, value)))
                    .orElse(Response.ABSENT);
        });
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return SecretPath.of(call, MISSING_PATH, path -> {
            Json.Obj body = call.request().body();
            if (body.members().isEmpty()) {
                return new Response.Invalid("missing data fields");
            }
            Layout layout = layout(call);
            if (writer.get(layout.upgrade()).isEmpty()) {
                writer.put(layout.upgrade(), UpgradeRecord.START.write());
            }
            writer.put(layout.unversioned(path), UnversionedRecord.of(body).write());
            return Response.NO_CONTENT;
        });
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return SecretPath.of(call, MISSING_PATH, path -> {
            writer.delete(layout(call).unversioned(path));
            return Response.NO_CONTENT;
        });
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return SecretPath.folder(call, (path, paging) -> Listing.children(
                        reader, layout(call).unversioned().folder(path), paging)
                .listed());
    }

    private static Response scan(Call call, Reader<Plaintext> reader) {
        return SecretPath.folder(call, (path, paging) -> Listing.below(
                        reader, layout(call).unversioned().folder(path), paging)
                .scanned());
    }

    private static Layout layout(Call call) {
        return new Layout(call.mount().folder());
    }
}
