// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import static io.coffer.core.request.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolesTest extends Machines {
    @Test
    void roleIdsAreOnesOwnAndEachIsOneRole() {
        role("one", "{\"role_id\":\"the-one\"}");
        assertThat(write("role/two", "{\"role_id\":\"the-one\"}"))
                .isEqualTo(new Response.Failed("1 error occurred:\n\t* role_id already in use\n\n"));
        role("two", "{}");
        assertThat(write("role/two/role-id", "{\"role_id\":\"the-one\"}")).isInstanceOf(Response.Failed.class);
        assertThat(write("role/one/role-id", "{\"role_id\":\"other\"}")).isEqualTo(Response.NO_CONTENT);
        assertThat(write("role/two/role-id", "{\"role_id\":\"the-one\"}")).isEqualTo(Response.NO_CONTENT);
        Logins.in(login("other", text(secretId("one", "{}"), "secret_id")));
        Logins.in(login("the-one", text(secretId("two", "{}"), "secret_id")));
        assertThat(vault.read("auth/approle/role/none/role-id")).isEqualTo(Response.ABSENT);
    }

    @Test
    void aRoleWithoutSecretIdsNeedsAnAddress() {
        assertThat(write("role/open", "{\"bind_secret_id\":false}"))
                .isEqualTo(new Response.Failed(
                        "1 error occurred:\n\t* at least one constraint should be enabled on the role\n\n"));
        role("open", "{\"bind_secret_id\":false,\"token_bound_cidrs\":\"10.0.0.0/8\"}");
        String body = "{\"role_id\":\"" + roleId("open") + "\"}";
        Logins.in(Logins.from(vault, "10.0.0.1", "auth/approle/login", body));
        assertThat(Logins.from(vault, "11.0.0.1", "auth/approle/login", body)).isEqualTo(Response.Denied.PERMISSION);
        assertThat(write("role/open/secret-id", "{}"))
                .isEqualTo(new Response.Invalid("bind_secret_id is not set on the role"));
    }

    @Test
    void propertiesAreReadSetAndSetBack() {
        role("web", "{}");
        for (Map.Entry<String, List<String>> property : Map.of(
                        "policies", List.of("token_policies", "[\"a\",\"b\"]", "[]"),
                        "secret-id-num-uses", List.of("secret_id_num_uses", "3", "0"),
                        "secret-id-ttl", List.of("secret_id_ttl", "60", "0"),
                        "period", List.of("token_period", "30", "0"),
                        "token-num-uses", List.of("token_num_uses", "2", "0"),
                        "token-ttl", List.of("token_ttl", "5", "0"),
                        "token-max-ttl", List.of("token_max_ttl", "50", "0"),
                        "bound-cidr-list", List.of("bound_cidr_list", "[\"10.0.0.0/8\"]", "[]"),
                        "secret-id-bound-cidrs", List.of("secret_id_bound_cidrs", "[\"10.0.0.0/8\"]", "[]"),
                        "token-bound-cidrs", List.of("token_bound_cidrs", "[\"10.0.0.0/8\"]", "[]"))
                .entrySet()) {
            String path = "auth/approle/role/web/" + property.getKey();
            String name = property.getValue().getFirst();
            assertThat(vault.write(
                            path, "{\"" + name + "\":" + property.getValue().get(1) + ",\"token_type\":\"x\"}"))
                    .as(path)
                    .isEqualTo(Response.NO_CONTENT);
            assertThat(TestVault.text(vault.read(path)))
                    .isEqualTo("{\"" + name + "\":" + property.getValue().get(1) + "}");
            assertThat(vault.delete(path)).isEqualTo(Response.NO_CONTENT);
            assertThat(TestVault.text(vault.read(path)))
                    .isEqualTo("{\"" + name + "\":" + property.getValue().get(2) + "}");
            assertThat(vault.write("auth/approle/role/none/" + property.getKey(), "{}"))
                    .isInstanceOf(Response.NotFound.class);
            assertThat(vault.delete("auth/approle/role/none/" + property.getKey()))
                    .isEqualTo(Response.NO_CONTENT);
        }
    }

    @Test
    void aNameIsAsLongAsAPathMayBe() {
        String longest = "W" + "e".repeat(RequestPath.LONGEST - "auth/approle/role//secret-id".length() - 1);
        role(longest, "{\"token_policies\":\"dev\"}");
        String in = text(secretId(longest, "{}"), "secret_id");
        String id = roleId(longest);
        assertThat(Logins.in(login(id, in)).metadata().orElseThrow())
                .isEqualTo(Map.of("role_name", longest.toLowerCase(Locale.ROOT)));
        assertThat(vault.delete("auth/approle/role/" + longest)).isEqualTo(Response.NO_CONTENT);
        assertThat(login(id, in)).isEqualTo(new Response.Invalid("invalid role or secret ID"));
    }

    @Test
    void aRoleIsReadBackWhole() {
        role("web", "{\"secret_id_num_uses\":2,\"policies\":\"old\",\"local_secret_ids\":true}");
        assertThat(TestVault.text(vault.read("auth/approle/role/web")))
                .isEqualTo("{\"bind_secret_id\":true,\"local_secret_ids\":true,\"secret_id_bound_cidrs\":[],"
                        + "\"secret_id_num_uses\":2,\"secret_id_ttl\":0,\"token_bound_cidrs\":[],"
                        + "\"token_explicit_max_ttl\":0,\"token_max_ttl\":0,\"token_no_default_policy\":false,"
                        + "\"token_num_uses\":0,\"token_period\":0,\"token_policies\":[\"old\"],"
                        + "\"token_strictly_bind_ip\":false,\"token_ttl\":0,"
                        + "\"token_type\":\"default\",\"policies\":[\"old\"]}");
        assertThat(write("role/web", "{\"local_secret_ids\":false}"))
                .isEqualTo(new Response.Invalid("local_secret_ids can only be modified during role creation"));
        assertThat(write("role/web", "{\"token_type\":\"default-batch\",\"secret_id_num_uses\":0}"))
                .isInstanceOfSatisfying(
                        Response.Ok.class, ok -> assertThat(ok.warnings()).hasSize(1));
    }
}
