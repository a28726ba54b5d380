// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.crypto.Digest;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a group or a user of the directory gets here.
///
/// @param groups that a user is in beside those of the directory
record Mapping(List<String> policies, List<String> groups) {
    static final Mapping NOTHING = new Mapping(List.of(), List.of());

    private static final int FORM = 1;

    Mapping {
        policies = List.copyOf(policies);
        groups = List.copyOf(groups);
    }

    /// Of which the mappings are.
    enum Kind {
        GROUP("group"),
        USER("user");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        Folder folder(Folder mount) {
            return mount.folder(folder);
        }
    }

    /// A name in the store: itself where it can be, so that it can be listed; a name of the directory may hold
    /// anything, so every other one stands there by its hash, where no mapping ever is.
    private static StorageKey key(Folder mount, Kind kind, String name) {
        boolean plain = !name.isEmpty() && name.length() <= 256 && name.chars().allMatch(c -> c != '/' && c >= ' ');
        boolean dots = name.equals(".") || name.equals("..");
        String stored = plain && !dots
                ? name
                : "sha256/" + HexFormat.of().formatHex(Digest.SHA2_256.of(name.getBytes(StandardCharsets.UTF_8)));
        return kind.folder(mount).key(stored);
    }

    static Optional<Mapping> find(Reader<Plaintext> reader, Folder mount, Kind kind, String name) {
        StorageKey key = key(mount, kind, name);
        return reader.get(key).map(value -> {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            Mapping mapping = new Mapping(stored.texts("policies"), stored.texts("groups"));
            stored.end();
            return mapping;
        });
    }

    void save(Writer<Plaintext> writer, Folder mount, Kind kind, String name) {
        writer.put(
                key(mount, kind, name),
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("policies", Json.of(policies))
                        .put("groups", Json.of(groups))
                        .build())));
    }

    static void delete(Writer<Plaintext> writer, Folder mount, Kind kind, String name) {
        writer.delete(key(mount, kind, name));
    }
}
