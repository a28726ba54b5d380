// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Cidr;
import io.coffer.core.CorruptedException;
import io.coffer.core.RandomIds;
import io.coffer.core.crypto.Digest;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What a machine logs in by, and what tokens that leads to.
///
/// @param name in its one form: lower case
/// @param uid names what belongs to it; no other role ever has it
/// @param roleId what a login names it by
/// @param local a setting that clients read back
record Role(String name, String uid, String roleId, Secrets secrets, boolean local, TokenRules rules) {
    private static final int FORM = 1;

    /// Of a name, in characters, each of which is a byte.
    private static final int LONGEST = 4096;

    /// What it says of secret ids.
    ///
    /// @param bound whether a login needs one
    /// @param cidrs the addresses that they may be used from; empty for any
    /// @param uses how many logins one is good for; 0 for any number
    /// @param ttl how long one lives; zero for ever
    record Secrets(boolean bound, List<Cidr> cidrs, long uses, Duration ttl) {
        static final Secrets STANDARD = new Secrets(true, List.of(), 0, Duration.ZERO);

        Secrets {
            cidrs = List.copyOf(cidrs);
        }
    }

    /// One that is not stored yet.
    static Role fresh(String name, Call call) {
        return new Role(
                name,
                RandomIds.uuid(call.random()),
                RandomIds.uuid(call.random()),
                Secrets.STANDARD,
                false,
                TokenRules.NONE);
    }

    Role withRoleId(String other) {
        return new Role(name, uid, other, secrets, local, rules);
    }

    /// Answers with the work's answer for the name that the path captures, in its one form; or says that no endpoint
    /// has such a name.
    static Response named(Call call, Function<String, Response> work) {
        return name(call).map(work).orElse(ItemName.UNSUPPORTED);
    }

    /// The role that the path names.
    static Optional<Role> find(Reader<Plaintext> reader, Call call) {
        return name(call).flatMap(name -> find(reader, call.mount().folder(), name));
    }

    private static Optional<String> name(Call call) {
        return ItemName.of(call.request().values().captured("role_name"), LONGEST)
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    /// @param mount everything that the mount stores; here as below
    static Optional<Role> find(Reader<Plaintext> reader, Folder mount, String name) {
        StorageKey key = folder(mount).key(name);
        return reader.get(key).map(value -> read(key, value));
    }

    static Optional<Role> withRoleId(Reader<Plaintext> reader, Folder mount, String roleId) {
        return reader.get(index(mount, roleId))
                .flatMap(name -> find(reader, mount, new String(name.bytes(), StandardCharsets.UTF_8)));
    }

    static Folder folder(Folder mount) {
        return mount.folder("role");
    }

    /// Stores it in the place of what it was before.
    ///
    /// @return whether its role id is free
    boolean save(Writer<Plaintext> writer, Folder mount) {
        Optional<Role> before = find(writer, mount, name);
        if (withRoleId(writer, mount, roleId)
                .filter(other -> !other.name().equals(name))
                .isPresent()) {
            return false;
        }
        before.ifPresent(old -> writer.delete(index(mount, old.roleId())));
        writer.put(index(mount, roleId), new Plaintext(name.getBytes(StandardCharsets.UTF_8)));
        writer.put(folder(mount).key(name), record());
        return true;
    }

    /// Deletes it. Its secret ids are good for nothing from then on; a job clears them away.
    void delete(Writer<Plaintext> writer, Folder mount) {
        writer.delete(folder(mount).key(name));
        writer.delete(index(mount, roleId));
        SecretIds.abandon(writer, mount, uid);
    }

    private static StorageKey index(Folder mount, String roleId) {
        byte[] hash = Digest.SHA2_256.of(roleId.getBytes(StandardCharsets.UTF_8));
        return mount.folder("role-id").key(HexFormat.of().formatHex(hash));
    }

    private Plaintext record() {
        return new Plaintext(JsonText.write(rules.write(Json.object()
                        .put("v", FORM)
                        .put("name", name)
                        .put("uid", uid)
                        .put("role_id", roleId)
                        .put("secret_bound", secrets.bound())
                        .put("secret_cidrs", texts(secrets.cidrs()))
                        .put("secret_uses", secrets.uses())
                        .put("secret_ttl", secrets.ttl().toSeconds())
                        .put("local", local))
                .build()));
    }

    static Role read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Role role = new Role(
                stored.text("name"),
                stored.text("uid"),
                stored.text("role_id"),
                new Secrets(
                        stored.flag("secret_bound"),
                        cidrs(key, stored.texts("secret_cidrs")),
                        stored.number("secret_uses"),
                        Duration.ofSeconds(stored.number("secret_ttl"))),
                stored.flag("local"),
                TokenRules.read(stored));
        stored.end();
        return role;
    }

    static Json texts(List<Cidr> blocks) {
        return Json.of(blocks.stream().map(Cidr::text).toList());
    }

    static List<Cidr> cidrs(StorageKey key, List<String> texts) {
        return texts.stream()
                .map(text -> Cidr.parse(text)
                        .orElseThrow(() -> new CorruptedException("record " + key + " binds to no address")))
                .toList();
    }
}
