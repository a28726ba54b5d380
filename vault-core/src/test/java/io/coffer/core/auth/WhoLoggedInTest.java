// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static io.coffer.core.request.Told.data;
import static io.coffer.core.request.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whom a login makes somebody: one alias of one mount, and nobody else whatever he is called.
class WhoLoggedInTest {
    private final TestVault vault = Way.open(new MemoryDisk());

    @AfterEach
    void close() {
        vault.close();
    }

    private String accessor(String mount) {
        return text(data(vault.read("sys/auth/" + mount)), "accessor");
    }

    /// Somebody of this name by a mount of approle, with that in his metadata.
    private Auth machine(String mount, String team) {
        vault.write("sys/auth/" + mount, "{\"type\":\"approle\"}");
        vault.write("auth/" + mount + "/role/ann", "{\"role_id\":\"ann\"}");
        Json.Obj made = data(vault.write(
                "auth/" + mount + "/role/ann/secret-id", "{\"metadata\":\"{\\\"team\\\":\\\"" + team + "\\\"}\"}"));
        return Logins.in(Logins.from(
                vault,
                "10.0.0.1",
                "auth/" + mount + "/login",
                "{\"role_id\":\"ann\",\"secret_id\":\"" + text(made, "secret_id") + "\"}"));
    }

    @Test
    void whatOneMountSaysOfANameIsNothingThatAnotherSaysOfTheSameName() {
        Auth blue = machine("one", "blue");
        Auth red = machine("two", "red");
        assertThat(red.entityId()).isNotEqualTo(blue.entityId());
        vault.write(
                "identity/entity/merge",
                "{\"from_entity_ids\":\"" + red.entityId() + "\",\"to_entity_id\":\"" + blue.entityId() + "\"}");
        String expression = "kv/{{identity.entity.aliases." + accessor("one") + ".metadata.team}}";
        vault.write(
                "sys/policies/acl/team",
                "{\"policy\":\"path \\\"" + expression + "\\\" { capabilities = [\\\"read\\\"] }\"}");
        vault.write("identity/entity/id/" + blue.entityId(), "{\"policies\":\"team\"}");
        Credential token = machine("two", "red").credential().orElseThrow();
        assertThat(TestVault.text(Logins.as(
                        vault,
                        token,
                        Operation.UPDATE,
                        "sys/capabilities-self",
                        "{\"paths\":[\"kv/blue\",\"kv/red\"]}")))
                .contains("\"kv/blue\":[\"read\"]", "\"kv/red\":[\"deny\"]");
    }

    @Test
    void nobodyBecomesSomebodyElseByTakingHisAlias() {
        Way.USERPASS.prepare(vault);
        vault.write("auth/userpass/users/eve", "{\"password\":\"pw\"}");
        String ann = Logins.in(Way.USERPASS.login(vault)).entityId();
        String eve = Logins.in(Way.USERPASS.send(vault, "login/eve", "\"password\":\"pw\""))
                .entityId();
        String alias = text(
                (Json.Obj) ((Json.Arr)
                                data(vault.read("identity/entity/id/" + eve)).get("aliases"))
                        .items()
                        .getFirst(),
                "id");
        for (String taking :
                new String[] {"{\"name\":\"ann\"}", "{\"name\":\"ANN\"}", "{\"canonical_id\":\"" + ann + "\"}"}) {
            assertThat(vault.write("identity/entity-alias/id/" + alias, taking))
                    .as(taking)
                    .isInstanceOf(Response.Invalid.class);
        }
        assertThat(Logins.in(Way.USERPASS.send(vault, "login/eve", "\"password\":\"pw\""))
                        .entityId())
                .isEqualTo(eve);
        assertThat(Logins.in(Way.USERPASS.login(vault)).entityId()).isEqualTo(ann);
    }

    @Test
    void aMethodThatIsEnabledAgainAtItsPathKnowsNobodyOfTheFormerOne() {
        Way.LDAP.prepare(vault);
        String group = text(
                data(vault.write(
                        "identity/group", "{\"name\":\"ops\",\"type\":\"external\",\"policies\":\"operate\"}")),
                "id");
        String former = accessor("ldap");
        data(vault.write(
                "identity/group-alias",
                "{\"name\":\"dev\",\"canonical_id\":\"" + group + "\",\"mount_accessor\":\"" + former + "\"}"));
        Auth in = Logins.in(Way.LDAP.login(vault));
        assertThat(in.identityPolicies()).containsExactly("operate");
        assertThat(vault.delete("sys/auth/ldap")).isEqualTo(Response.NO_CONTENT);
        Way.LDAP.prepare(vault);
        assertThat(accessor("ldap")).isNotEqualTo(former);
        Auth again = Logins.in(Way.LDAP.login(vault));
        assertThat(again.identityPolicies()).isEmpty();
        assertThat(again.entityId()).isNotEqualTo(in.entityId());
        assertThat(Logins.as(vault, in.credential().orElseThrow(), Operation.READ, "auth/token/lookup-self", ""))
                .isInstanceOf(Response.Denied.class);
    }
}
