// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.SecretPath;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// What every route of version 2 asks before it does its work: whether the path names a secret, and whether
/// the mount still holds values of version 1. A secret that is there was moved already, so reading one asks
/// only when it is not there.
final class Gate {
    static final Response UPGRADING = new Response.Invalid("Upgrading from non-versioned to versioned data."
            + " This backend will be unavailable for a brief period and will resume service shortly.");

    static final Response ROOT = new Response.Gone(
            Json.NULL, List.of("Non-listing operations on the root of a K/V v2 mount are not supported."));

    private Gate() {}

    interface Found {
        Response handle(String path, KeyMetadata metadata, SecretStore store);
    }

    interface Writing {
        Response handle(String path, SecretChanges changes);
    }

    interface Paged {
        Response handle(String path, Paging paging, SecretStore store);
    }

    /// Reads what there must be metadata of.
    static Response found(Call call, Reader<Plaintext> reader, Found work) {
        return SecretPath.of(call, ROOT, path -> {
            SecretStore store = store(call, reader);
            Optional<KeyMetadata> metadata = store.metadata(path);
            if (metadata.isEmpty()) {
                return store.upgrading() ? UPGRADING : Response.ABSENT;
            }
            return work.handle(path, metadata.get(), store);
        });
    }

    static Response write(Call call, Writer<Plaintext> writer, Writing work) {
        return SecretPath.of(call, ROOT, path -> {
            SecretChanges changes = changes(call, writer);
            return changes.store().upgrading() ? UPGRADING : work.handle(path, changes);
        });
    }

    static Response listing(Call call, Reader<Plaintext> reader, Paged work) {
        return SecretPath.folder(call, (path, paging) -> {
            SecretStore store = store(call, reader);
            return store.upgrading() ? UPGRADING : work.handle(path, paging, store);
        });
    }

    static SecretStore store(Call call, Reader<Plaintext> reader) {
        return new SecretStore(reader, new Layout(call.mount().folder()));
    }

    static SecretChanges changes(Call call, Writer<Plaintext> writer) {
        return SecretChanges.of(writer, new Layout(call.mount().folder()));
    }
}
