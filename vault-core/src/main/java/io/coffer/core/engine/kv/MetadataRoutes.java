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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of secrets, and what can be set for each: `metadata/`.
final class MetadataRoutes {
    private static final Field DELETE_VERSION_AFTER =
            Field.duration("delete_version_after", "How long a version lives; 0 for as long as the mount says.");
    private static final Field CUSTOM = Field.object("custom_metadata", "Texts to keep beside the secret, by name.");
    private static final Field METADATA_CAS =
            Field.number("metadata_cas", "The number of changes that the metadata must have had.");
    private static final Field[] FIELDS = {
        Settings.MAX_VERSIONS,
        Settings.CAS_REQUIRED,
        Settings.METADATA_CAS_REQUIRED,
        DELETE_VERSION_AFTER,
        CUSTOM,
        METADATA_CAS
    };

    private MetadataRoutes() {}

    static List<Route> routes() {
        String path = "metadata/" + SecretPath.CAPTURE;
        return List.of(
                Route.reads(path, Operation.READ, "Reads what is known of a secret.", MetadataRoutes::read),
                Route.writes(path, Operation.UPDATE, "Sets what holds for a secret.", MetadataRoutes::write)
                        .with(FIELDS)
                        .creates(DataRoutes::exists),
                Route.writes(path, Operation.PATCH, "Changes what holds for a secret.", MetadataRoutes::patch)
                        .with(FIELDS),
                Route.writes(path, Operation.DELETE, "Removes a secret with all its versions.", MetadataRoutes::erase));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return Gate.found(call, reader, (path, metadata, store) -> new Response.Ok(Answers.metadata(metadata)));
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            Values values = call.request().values();
            if (!Settings.given(values) && !values.has("custom_metadata") && !values.has("metadata_cas")) {
                return Response.NO_CONTENT;
            }
            KeyMetadata metadata =
                    changes.store().metadata(path).orElseGet(() -> KeyMetadata.fresh(Timestamps.format(call.now())));
            CustomMetadata.Outcome custom = values.object("custom_metadata")
                    .map(CustomMetadata::replace)
                    .orElse(new CustomMetadata.Accepted(metadata.custom()));
            return change(values, path, metadata, custom, changes);
        });
    }

    private static Response patch(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            Values values = call.request().values();
            Optional<KeyMetadata> metadata = changes.store().metadata(path);
            if (metadata.isEmpty()) {
                return Response.ABSENT;
            }
            Json.Obj given = values.object("custom_metadata").orElse(Json.EMPTY);
            CustomMetadata.Outcome custom = CustomMetadata.patch(metadata.get().custom(), given);
            return change(values, path, metadata.get(), custom, changes);
        });
    }

    private static Response change(
            Values values, String path, KeyMetadata metadata, CustomMetadata.Outcome custom, SecretChanges changes) {
        Settings mount = changes.mount();
        Optional<String> refusal =
                Settings.refusal(values).or(() -> CheckAndSet.metadataRefusal(values, mount, metadata));
        if (refusal.isPresent()) {
            return new Response.Invalid(refusal.get());
        }
        return switch (custom) {
            case CustomMetadata.Refused(var error) -> new Response.Invalid(error);
            case CustomMetadata.Accepted(Map<String, String> texts) -> {
                changes.save(path, metadata.changed(metadata.settings().with(values), texts));
                List<String> warnings = warnings(values, mount);
                yield warnings.isEmpty() ? Response.NO_CONTENT : new Response.Ok(Json.NULL, 0, warnings);
            }
        };
    }

    private static List<String> warnings(Values values, Settings mount) {
        List<String> warnings = new ArrayList<>();
        if (mount.casRequired() && !values.flag("cas_required").orElse(true)) {
            warnings.add(ignored("cas_required"));
        }
        if (mount.metadataCasRequired() && !values.flag("metadata_cas_required").orElse(true)) {
            warnings.add(ignored("metadata_cas_required"));
        }
        return warnings;
    }

    private static String ignored(String field) {
        return "\"" + field + "\" set to false, but is mandated by backend config. This value will be ignored.";
    }

    private static Response erase(Call call, Writer<Plaintext> writer) {
        return Gate.write(call, writer, (path, changes) -> {
            changes.store().metadata(path).ifPresent(metadata -> changes.erase(path, metadata));
            return Response.NO_CONTENT;
        });
    }
}
