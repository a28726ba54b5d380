// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportedHashTest {
    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private Response login(String password) {
        return Logins.anonymous(vault, "auth/userpass/login/ann", "{\"password\":\"" + password + "\"}");
    }

    private String stored() {
        Folder mount = Folder.of(vault.look(reader ->
                vault.mounts().read(reader).at("auth/userpass/").orElseThrow().scope()));
        return new String(
                vault.look(reader -> reader.get(mount.folder("user").key("ann")).orElseThrow())
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    @Test
    void itIsReplacedByOneOfOursAtTheFirstLoginThatItLetsIn() {
        Logins.enable(vault, "userpass");
        String hash = OpenBSDBCrypt.generate("2b", "pw".toCharArray(), new byte[16], 5);
        assertThat(vault.write(
                        "auth/userpass/users/ann", "{\"password_hash\":\"" + hash + "\",\"token_policies\":\"dev\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(login("wrong")).isInstanceOf(Response.Invalid.class);
        assertThat(stored()).contains(hash);
        Logins.in(login("pw"));
        assertThat(stored()).contains("\"hash\":\"$argon2id$").doesNotContain(hash);
        assertThat(Logins.in(login("pw")).tokenPolicies()).containsExactly("default", "dev");
        assertThat(login("wrong")).isInstanceOf(Response.Invalid.class);
    }
}
