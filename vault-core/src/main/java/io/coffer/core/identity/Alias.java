// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The name under which a login mount knows an entity, or a group elsewhere that an external group stands
/// for.
///
/// @param owner id of the entity or group
/// @param accessor of the login mount
/// @param metadata what the login method said at the last login
/// @param custom what an operator keeps beside it
/// @param mergedFrom ids of the entities that it belonged to before a merge
public record Alias(
        String id,
        String owner,
        IdentityName name,
        String accessor,
        Map<String, String> metadata,
        Map<String, String> custom,
        String created,
        String updated,
        List<String> mergedFrom) {
    private static final int FORM = 1;

    public Alias {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
        mergedFrom = List.copyOf(mergedFrom);
    }

    public static Alias fresh(String id, String owner, IdentityName name, String accessor, String now) {
        return new Alias(id, owner, name, accessor, Map.of(), Map.of(), now, now, List.of());
    }

    public Alias named(IdentityName other, String mount, String now) {
        return new Alias(id, owner, other, mount, metadata, custom, created, now, mergedFrom);
    }

    public Alias ownedBy(String other, String now) {
        return new Alias(id, other, name, accessor, metadata, custom, created, now, mergedFrom);
    }

    public Alias withCustom(Map<String, String> texts, String now) {
        return new Alias(id, owner, name, accessor, metadata, texts, created, now, mergedFrom);
    }

    Alias withMetadata(Map<String, String> texts, String now) {
        return new Alias(id, owner, name, accessor, texts, custom, created, now, mergedFrom);
    }

    Alias mergedInto(String other, String now) {
        return new Alias(id, other, name, accessor, metadata, custom, created, now, Entity.plus(mergedFrom, owner));
    }

    static Alias of(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Alias read = new Alias(
                stored.text("id"),
                stored.text("owner"),
                new IdentityName(stored.text("name")),
                stored.text("accessor"),
                stored.textMap("metadata"),
                stored.textMap("custom"),
                stored.text("created"),
                stored.text("updated"),
                stored.texts("merged_from"));
        stored.end();
        return read;
    }

    Plaintext record() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("id", id)
                .put("owner", owner)
                .put("name", name.text())
                .put("accessor", accessor)
                .put("metadata", Json.ofTexts(metadata))
                .put("custom", Json.ofTexts(custom))
                .put("created", created)
                .put("updated", updated)
                .put("merged_from", Json.of(mergedFrom))
                .build()));
    }
}
