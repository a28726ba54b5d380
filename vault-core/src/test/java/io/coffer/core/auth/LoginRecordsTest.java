// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What login methods have stored in a form that was ever written: it is read for ever, and a change of it loses
/// nothing.
class LoginRecordsTest {
    private static final String RULES = "\"token_num_uses\":3";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    /// @param file of the record
    /// @param place where it lies in its mount
    /// @param path where it is read
    /// @param told what is told of it
    private record Kept(String type, String file, String place, String path, String told) {}

    private static final List<Kept> ALL = List.of(
            new Kept("userpass", "userpass-user-1", "user/ann", "users/ann", RULES),
            new Kept("approle", "approle-role-1", "role/ann", "role/ann", "\"secret_id_num_uses\":2"),
            new Kept("jwt", "jwt-role-1", "role/ann", "role/ann", "\"bound_claims\":{\"team\":[\"a\"]}"),
            new Kept("jwt", "jwt-config-1", "config", "config", "\"jwks_url\":\"https://issuer/keys\""),
            new Kept("ldap", "ldap-config-1", "config", "config", "\"userfilter\":\"({{.UserAttr}}={{.Username}})\""),
            new Kept("ldap", "ldap-group-1", "group/ann", "groups/ann", "\"policies\":[\"p\"]"),
            new Kept("ldap", "ldap-user-1", "user/ann", "users/ann", "\"groups\":\"g\""),
            new Kept("cert", "cert-role-1", "cert/ann", "certs/ann", "\"allowed_common_names\":[\"A*\"]"),
            new Kept("cert", "cert-list-1", "crl/ann", "crls/ann", "\"2a\":{}"),
            new Kept("cert", "cert-config-1", "config", "config", "\"disable_binding\":true"));

    private StorageKey key(Kept kept) {
        Folder folder = Folder.of(vault.look(reader -> vault.mounts()
                .read(reader)
                .at("auth/" + kept.type() + "/")
                .orElseThrow()
                .scope()));
        int slash = kept.place().indexOf('/');
        return slash < 0
                ? folder.key(kept.place())
                : folder.folder(kept.place().substring(0, slash))
                        .key(kept.place().substring(slash + 1));
    }

    private void put(Kept kept, String text) {
        vault.change(writer -> writer.put(key(kept), new Plaintext(text.getBytes(StandardCharsets.UTF_8))));
    }

    private Json.Obj stored(Kept kept) {
        return JsonText.STORED.parse(vault.look(reader -> reader.get(key(kept)).orElseThrow())
                                .bytes())
                        instanceof Json.Obj o
                ? o
                : Json.EMPTY;
    }

    @Test
    void whatWasEverWrittenIsRead() {
        List.of("userpass", "approle", "jwt", "ldap", "cert").forEach(type -> Logins.enable(vault, type));
        for (Kept kept : ALL) {
            put(kept, Golden.of("login/" + kept.file() + ".json").text());
            assertThat(TestVault.text(vault.read("auth/" + kept.type() + "/" + kept.path())))
                    .as(kept.file())
                    .contains(kept.told());
        }
    }

    @Test
    void aChangeOfNothingLosesNothing() {
        List.of("userpass", "approle", "jwt", "ldap", "cert").forEach(type -> Logins.enable(vault, type));
        for (Kept kept : ALL) {
            if (kept.file().equals("jwt-config-1") || kept.file().equals("cert-list-1")) {
                continue;
            }
            String text = Golden.of("login/" + kept.file() + ".json").text();
            put(kept, text);
            assertThat(vault.write("auth/" + kept.type() + "/" + kept.path(), "{}"))
                    .as(kept.file())
                    .isEqualTo(Response.NO_CONTENT);
            Json.Obj before =
                    JsonText.STORED.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj o ? o : Json.EMPTY;
            assertThat(stored(kept).members()).as(kept.file()).containsAllEntriesOf(before.members());
        }
    }
}
