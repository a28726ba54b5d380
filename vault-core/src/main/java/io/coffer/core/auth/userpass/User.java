// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import io.coffer.core.CorruptedException;
import io.coffer.core.crypto.PasswordHash;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.Optional;

/// Somebody with a password.
///
/// @param name in its one form: lower case
record User(String name, PasswordHash hash, TokenRules rules) {
    private static final int FORM = 1;

    User with(PasswordHash other) {
        return new User(name, other, rules);
    }

    User with(TokenRules other) {
        return new User(name, hash, other);
    }

    static Folder folder(MountConfig mount) {
        return mount.folder().folder("user");
    }

    /// @param folder everything that the mount stores
    static Optional<User> find(Reader<Plaintext> reader, Folder folder, String name) {
        StorageKey key = folder.folder("user").key(name);
        return reader.get(key).map(value -> read(key, value));
    }

    static Optional<User> find(Reader<Plaintext> reader, Call call, String name) {
        return find(reader, call.mount().folder(), name);
    }

    void save(Writer<Plaintext> writer, MountConfig mount) {
        writer.put(
                folder(mount).key(name),
                new Plaintext(JsonText.write(rules.write(
                                Json.object().put("v", FORM).put("name", name).put("hash", hash.text()))
                        .build())));
    }

    static User read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        User user = new User(
                stored.text("name"),
                PasswordHash.parse(stored.text("hash"))
                        .orElseThrow(() -> new CorruptedException("record " + key + " holds no hash of a password")),
                TokenRules.read(stored));
        stored.end();
        return user;
    }
}
