// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.cubbyhole;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Secrets of one token. Whoever calls names only what is his: the caller's name is the folder that every
/// path lies in.
public final class CubbyholeEngine implements Engine {
    /// The most secrets that one step of {@link #wipe} removes.
    public static final int STEP = 500;

    private static final Response MISSING_PATH = new Response.Invalid("missing path");
    private static final Response NO_TOKEN_OF_ITS_OWN =
            new Response.Invalid("cubbyhole operations are only supported by 'service' type tokens");

    @Override
    public List<Route> routes() {
        String path = SecretPath.CAPTURE;
        return List.of(
                Route.reads(path, Operation.READ, "Reads a secret of this token.", CubbyholeEngine::read),
                Route.writes(path, Operation.UPDATE, "Writes a secret of this token.", CubbyholeEngine::write)
                        .withOpenFields()
                        .creates(CubbyholeEngine::exists),
                Route.writes(path, Operation.DELETE, "Deletes a secret of this token.", CubbyholeEngine::delete),
                Route.reads(path, Operation.LIST, "Lists a folder of this token.", CubbyholeEngine::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(path, Operation.SCAN, "Lists all secrets of this token.", CubbyholeEngine::scan)
                        .with(Paging.AFTER, Paging.LIMIT));
    }

    /// Removes what a token left behind, a bounded part at a time.
    ///
    /// @param mount the folder of the cubbyhole's mount
    /// @param caller the name that the token had as a caller
    /// @return whether something remains
    public static boolean wipe(Writer<Plaintext> writer, Folder mount, String caller) {
        Page<StorageKey> page = writer.scan(mount.folder(caller), "", STEP);
        page.items().forEach(writer::delete);
        return page.more();
    }

    /// Keeps something for a token, as if it had written it itself.
    ///
    /// @param mount the folder of the cubbyhole's mount
    /// @param caller the name that the token has as a caller
    public static void put(Writer<Plaintext> writer, Folder mount, String caller, String path, Json.Obj data) {
        writer.put(mount.folder(caller).key(path), new CubbyholeRecord(data).write());
    }

    /// What is kept for a token.
    public static Optional<Json.Obj> get(Reader<Plaintext> reader, Folder mount, String caller, String path) {
        StorageKey key = mount.folder(caller).key(path);
        return reader.get(key).map(value -> CubbyholeRecord.read(key, value).object());
    }

    /// Whether anything is kept for a token.
    public static boolean any(Reader<Plaintext> reader, Folder mount, String caller) {
        return !reader.scan(mount.folder(caller), "", 1).items().isEmpty();
    }

    private static boolean exists(Call call, Reader<Plaintext> reader) {
        return !call.caller().id().isEmpty()
                && SecretPath.name(call)
                        .flatMap(path -> reader.get(own(call).key(path)))
                        .isPresent();
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return secret(call, Response.ABSENT, key -> {
            Optional<CubbyholeRecord> found = reader.get(key).map(value -> CubbyholeRecord.read(key, value));
            return found.isPresent() ? new Response.Ok(found.get().data(), 0, warnings(call)) : Response.ABSENT;
        });
    }

    /// Clients of old read a wrapped answer where it lies.
    private static List<String> warnings(Call call) {
        return call.caller().policies().equals(List.of(PolicyName.RESPONSE_WRAPPING.value()))
                ? List.of("Reading from 'cubbyhole/response' is deprecated. Please use sys/wrapping/unwrap to unwrap"
                        + " responses, as it tells whether somebody else has seen them.")
                : List.of();
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return secret(call, MISSING_PATH, key -> {
            Json.Obj body = call.request().body();
            if (body.members().isEmpty()) {
                return new Response.Failed(Response.wrapped("missing data fields"));
            }
            writer.put(key, new CubbyholeRecord(body).write());
            return Response.NO_CONTENT;
        });
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return secret(call, MISSING_PATH, key -> {
            writer.delete(key);
            return Response.NO_CONTENT;
        });
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return folder(call, (folder, paging) -> Listing.children(reader, folder, paging)
                .listed());
    }

    private static Response scan(Call call, Reader<Plaintext> reader) {
        return folder(
                call, (folder, paging) -> Listing.below(reader, folder, paging).scanned());
    }

    private static Response secret(Call call, Response missing, Function<StorageKey, Response> work) {
        return call.caller().id().isEmpty()
                ? NO_TOKEN_OF_ITS_OWN
                : SecretPath.of(call, missing, path -> work.apply(own(call).key(path)));
    }

    private static Response folder(Call call, BiFunction<Folder, Paging, Response> work) {
        return call.caller().id().isEmpty()
                ? NO_TOKEN_OF_ITS_OWN
                : SecretPath.folder(call, (path, paging) -> work.apply(own(call).folder(path), paging));
    }

    private static Folder own(Call call) {
        return call.mount().folder().folder(call.caller().id());
    }
}
