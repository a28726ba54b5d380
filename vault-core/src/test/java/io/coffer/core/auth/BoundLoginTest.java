// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that are bound to where somebody logs in from, or to whom a token role says they are for.
class BoundLoginTest {
    private final TestVault vault = TestVault.open();

    @BeforeEach
    void enable() {
        Logins.enable(vault, "approle");
        assertThat(role("\"token_strictly_bind_ip\":true")).isEqualTo(Response.NO_CONTENT);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response role(String more) {
        return vault.write(
                "auth/approle/role/r",
                "{\"role_id\":\"r\",\"bind_secret_id\":false,\"secret_id_bound_cidrs\":\"0.0.0.0/0,::/0\"," + more
                        + "}");
    }

    private Response used(Credential token, String address) {
        return Logins.from(
                vault, new Origin(address, 1, false, false), Optional.of(token), "auth/token/renew-self", "{}");
    }

    @Test
    void aTokenMayBeUsedOnlyFromWhereItsLoginCameFrom() {
        for (String here : new String[] {"10.0.0.1", "2001:db8::1"}) {
            Credential token = Logins.token(Logins.from(vault, here, "auth/approle/login", "{\"role_id\":\"r\"}"));
            assertThat(used(token, here)).isInstanceOf(Response.Authenticated.class);
            assertThat(used(token, "10.0.0.2")).isInstanceOf(Response.Denied.class);
        }
        assertThat(TestVault.text(vault.read("auth/approle/role/r"))).contains("\"token_strictly_bind_ip\":true");
        assertThat(Logins.from(vault, "unix socket", "auth/approle/login", "{\"role_id\":\"r\"}"))
                .isNotInstanceOf(Response.Authenticated.class);
        assertThat(role("\"token_bound_cidrs\":\"10.0.0.0/8\"")).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void aTokenRoleSaysWhomATokenIsFor() {
        assertThat(vault.write(
                        "auth/token/roles/web", "{\"allowed_entity_aliases\":\"web-*\",\"allowed_policies\":\"web\"}"))
                .isEqualTo(Response.NO_CONTENT);
        String one = entity("web-a");
        assertThat(one).isNotEmpty();
        assertThat(entity("WEB-A")).isEqualTo(one);
        assertThat(entity("web-b")).isNotEqualTo(one);
        assertThat(vault.write("auth/token/create/web", "{\"entity_alias\":\"db\"}"))
                .isEqualTo(new Response.Invalid("invalid 'entity_alias' value"));
        assertThat(vault.write("auth/token/create", "{\"entity_alias\":\"web-a\"}"))
                .isInstanceOf(Response.Invalid.class);
        vault.write("identity/entity/id/" + one, "{\"disabled\":true}");
        assertThat(vault.write("auth/token/create/web", "{\"entity_alias\":\"web-a\"}"))
                .isInstanceOf(Response.Denied.class);
        assertThat(vault.write("auth/token/create/web", "{\"entity_alias\":\"web-b\",\"type\":\"batch\"}"))
                .isInstanceOf(Response.Authenticated.class);
    }

    private String entity(String alias) {
        Credential token = Logins.token(vault.write("auth/token/create/web", "{\"entity_alias\":\"" + alias + "\"}"));
        Response told = vault.write("auth/token/lookup", "{\"token\":\"" + token.text() + "\"}");
        return told instanceof Response.Ok ok
                        && ok.data() instanceof Json.Obj data
                        && data.get("entity_id") instanceof Json.Str(String id)
                ? id
                : "";
    }
}
