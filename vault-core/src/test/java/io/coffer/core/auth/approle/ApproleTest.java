// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import static io.coffer.core.request.Told.data;
import static io.coffer.core.request.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApproleTest extends Machines {
    private static final Response WRONG = new Response.Invalid("invalid role or secret ID");

    @Test
    void aMachineLogsInAndGetsWhatItsRoleSays() {
        role("Web", "{\"token_policies\":\"web\",\"token_ttl\":\"20m\",\"token_num_uses\":4}");
        Json.Obj made = secretId("web", "{\"metadata\":\"{\\\"host\\\":\\\"a1\\\"}\"}");
        Auth auth = Logins.in(login(" " + roleId("WEB") + "\\n", text(made, "secret_id") + "\\n"));
        assertThat(auth.tokenPolicies()).containsExactly("default", "web");
        assertThat(auth.leaseSeconds()).isEqualTo(1200);
        assertThat(auth.uses()).isEqualTo(4);
        assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("host", "a1", "role_name", "web"));
        assertThat(TestVault.text(Logins.as(
                        vault, auth.credential().orElseThrow(), Operation.READ, "auth/token/lookup-self", "")))
                .contains("\"display_name\":\"approle\"");
        assertThat(TestVault.text(vault.read("identity/entity/id/" + auth.entityId())))
                .contains("\"name\":\"" + roleId("web") + "\"");
        Auth again = Logins.in(login(roleId("web"), text(secretId("web", "{}"), "secret_id")));
        assertThat(again.entityId()).isEqualTo(auth.entityId());
    }

    @Test
    void whatIsWrongHasOneAnswer() {
        role("one", "{}");
        role("two", "{}");
        String ofTwo = text(secretId("two", "{}"), "secret_id");
        assertThat(login(roleId("one"), ofTwo)).isEqualTo(WRONG);
        assertThat(login(roleId("one"), "nonsense")).isEqualTo(WRONG);
        assertThat(login("nobody", ofTwo)).isEqualTo(WRONG);
        assertThat(login("", ofTwo)).isEqualTo(new Response.Invalid("missing role_id"));
        assertThat(login(roleId("one"), "")).isEqualTo(new Response.Invalid("missing secret_id"));
        assertThat(login("nobody", "")).isEqualTo(new Response.Invalid("missing secret_id"));
        for (int i = 0; i < 3; i++) {
            assertThat(login(roleId("one"), "nonsense")).isEqualTo(WRONG);
            assertThat(login("nobody", "nonsense")).isEqualTo(WRONG);
        }
        assertThat(login("nobody", "nonsense")).isEqualTo(WRONG);
        assertThat(login(roleId("one"), text(secretId("one", "{}"), "secret_id")))
                .isEqualTo(Response.Denied.PERMISSION);
        assertThat(login("nobody", "nonsense")).isEqualTo(Response.Denied.PERMISSION);
        Logins.in(login(roleId("two"), ofTwo));
    }

    @Test
    void blanksAroundARoleIdMakeNoOtherNameToGuessUnder() {
        role("one", "{}");
        String id = roleId("one");
        for (String spelled : List.of(id, " " + id, id + "\\n", "\\t" + id + " ", id)) {
            assertThat(login(spelled, "nonsense")).isEqualTo(WRONG);
        }
        assertThat(login("  " + id, text(secretId("one", "{}"), "secret_id"))).isEqualTo(Response.Denied.PERMISSION);
    }

    @Test
    void anAccessorOfAnotherRoleIsNone() {
        role("mine", "{}");
        role("other", "{}");
        String accessor = text(secretId("other", "{}"), "secret_id_accessor");
        String body = "{\"secret_id_accessor\":\"" + accessor + "\"}";
        assertThat(write("role/mine/secret-id-accessor/lookup", body)).isInstanceOf(Response.Gone.class);
        assertThat(write("role/mine/secret-id-accessor/destroy", body)).isInstanceOf(Response.Failed.class);
        assertThat(accessors("mine")).isEmpty();
        assertThat(accessors("other")).containsExactly(accessor);
        assertThat(text(data(write("role/other/secret-id-accessor/lookup", body)), "secret_id_accessor"))
                .isEqualTo(accessor);
        for (String odd : List.of("", "../other/" + accessor, accessor + "/", "x".repeat(36))) {
            assertThat(write("role/mine/secret-id-accessor/lookup", "{\"secret_id_accessor\":\"" + odd + "\"}"))
                    .as(odd)
                    .isInstanceOf(Response.Gone.class);
        }
    }

    @Test
    void usesAreExactUnderManyLoginsAtOnce() throws Exception {
        role("web", "{\"secret_id_num_uses\":7}");
        String roleId = roleId("web");
        String secretId = text(secretId("web", "{}"), "secret_id");
        vault.write("sys/auth/approle/tune", "{\"user_lockout_config\":{\"lockout_disable\":true}}");
        Set<Credential> tokens = new HashSet<>();
        Set<String> entities = new HashSet<>();
        List<Response> refused = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Response>> logins = Stream.<Callable<Response>>generate(() -> () -> login(roleId, secretId))
                    .limit(200)
                    .toList();
            for (Future<Response> answer : threads.invokeAll(logins)) {
                if (answer.get() instanceof Response.Authenticated in) {
                    tokens.add(in.auth().credential().orElseThrow());
                    entities.add(in.auth().entityId());
                } else {
                    refused.add(answer.get());
                }
            }
        }
        assertThat(tokens).hasSize(7);
        assertThat(entities).hasSize(1);
        assertThat(refused).hasSize(193).containsOnly(WRONG);
        assertThat(accessors("web")).isEmpty();
    }

    @Test
    void aUseIsTakenBeforeTheAddressIsLookedAt() {
        role("web", "{\"secret_id_bound_cidrs\":\"10.0.0.0/8\"}");
        String secretId = text(secretId("web", "{\"num_uses\":2,\"cidr_list\":\"10.1.0.0/16\"}"), "secret_id");
        String body = "{\"role_id\":\"" + roleId("web") + "\",\"secret_id\":\"" + secretId + "\"}";
        assertThat(TestVault.text(Logins.from(vault, "10.2.0.1", "auth/approle/login", body)))
                .contains("source address \"10.2.0.1\" unauthorized");
        Logins.in(Logins.from(vault, "10.1.0.1", "auth/approle/login", body));
        assertThat(Logins.from(vault, "10.1.0.1", "auth/approle/login", body)).isEqualTo(WRONG);
        assertThat(write("role/web/secret-id", "{\"cidr_list\":\"192.0.2.0/24\"}"))
                .isInstanceOf(Response.Failed.class);
    }

    @Test
    void aSecretIdEndsInTime() {
        role("web", "{\"secret_id_ttl\":\"10m\"}");
        Json.Obj made = secretId("web", "{\"ttl\":\"5m\"}");
        Json.Obj longer = secretId("web", "{}");
        assertThat(made.get("secret_id_ttl")).isEqualTo(Json.of(300));
        assertThat(longer.get("secret_id_ttl")).isEqualTo(Json.of(600));
        Logins.in(login(roleId("web"), text(made, "secret_id")));
        vault.time().pass(java.time.Duration.ofMinutes(5));
        assertThat(login(roleId("web"), text(made, "secret_id"))).isEqualTo(WRONG);
        assertThat(write("role/web/secret-id/lookup", "{\"secret_id\":\"" + text(made, "secret_id") + "\"}"))
                .isEqualTo(Response.NO_CONTENT);
        Logins.in(login(roleId("web"), text(longer, "secret_id")));
        assertThat(accessors("web")).hasSize(2);
        assertThat(write("tidy/secret-id", "{}")).isInstanceOf(Response.Accepted.class);
        assertThat(accessors("web")).containsExactly(text(longer, "secret_id_accessor"));
    }

    @Test
    void whatBelongsToADeletedRoleBelongsToNobody() {
        role("web", "{\"role_id\":\"fixed\"}");
        String secretId = text(secretId("web", "{}"), "secret_id");
        Credential token = Logins.token(login("fixed", secretId));
        vault.delete("auth/approle/role/web");
        assertThat(login("fixed", secretId)).isEqualTo(WRONG);
        role("web", "{\"role_id\":\"fixed\"}");
        assertThat(login("fixed", secretId)).isEqualTo(WRONG);
        assertThat(accessors("web")).isEmpty();
        assertThat(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}"))
                .isInstanceOf(Response.Failed.class);
        SecretIdJob job = new SecretIdJob(
                reader -> List.of(io.coffer.core.storage.Folder.of(vault.mounts()
                        .read(reader)
                        .at("auth/approle/")
                        .orElseThrow()
                        .scope())),
                vault.time());
        assertThat(vault.vault().unsealed(job::step)).isPresent();
        assertThat(vault.vault().unsealed(job::step)).isEmpty();
    }

    @Test
    void aSecretIdIsWithinWhatItsRoleAllows() {
        role("web", "{\"secret_id_num_uses\":2,\"secret_id_ttl\":60}");
        for (String uses : List.of("0", "3")) {
            assertThat(write("role/web/secret-id", "{\"num_uses\":" + uses + "}"))
                    .isEqualTo(new Response.Invalid("num_uses cannot be higher than the role's secret_id_num_uses"));
        }
        for (String ttl : List.of("0", "61")) {
            assertThat(write("role/web/secret-id", "{\"ttl\":" + ttl + "}"))
                    .isEqualTo(new Response.Invalid("ttl cannot be longer than the role's secret_id_ttl"));
        }
        for (String bad : List.of("[]", "{\\\"a\\\":1}", "nonsense")) {
            assertThat(TestVault.text(write("role/web/secret-id", "{\"metadata\":\"" + bad + "\"}")))
                    .as(bad)
                    .contains("failed to parse metadata");
        }
        assertThat(write("role/none/secret-id", "{}")).isEqualTo(new Response.NotFound("role \"none\" does not exist"));
    }

    @Test
    void aSecretIdOfOnesOwnIsTakenOnceAndDestroyed() {
        role("web", "{}");
        String body = "{\"secret_id\":\"my own\"}";
        Json.Obj made = data(write("role/web/custom-secret-id", body));
        assertThat(text(made, "secret_id")).isEqualTo("my own");
        assertThat(write("role/web/custom-secret-id", body)).isInstanceOf(Response.Invalid.class);
        Logins.in(login(roleId("web"), "my own"));
        assertThat(text(data(write("role/web/secret-id/lookup", body)), "expiration_time"))
                .isEqualTo("0001-01-01T00:00:00Z");
        vault = vault.restart().unseal();
        assertThat(vault.handle(Operation.DELETE, "auth/approle/role/web/secret-id/destroy", body))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(write("role/web/secret-id/destroy", body)).isEqualTo(Response.NO_CONTENT);
        assertThat(login(roleId("web"), "my own")).isEqualTo(WRONG);
    }
}
