// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static io.coffer.core.auth.token.Clients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that somebody makes who may not do as he likes.
class TokenRoleTest {
    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);
    private String maker = "";

    @BeforeEach
    void maker() {
        vault.write(
                "sys/policies/acl/mk",
                "{\"policy\":\"path \\\"auth/token/create*\\\" {capabilities=[\\\"update\\\"]}\"}");
        maker = clients.create("{\"policies\":[\"mk\"],\"ttl\":\"2h\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private String create(String path, String body) {
        return show(clients.write(maker, "auth/token/create" + path, body));
    }

    private String role(String name, String body) {
        return show(clients.write(ROOT, "auth/token/roles/" + name, body));
    }

    @Test
    void withoutARoleAChildHasNoMoreThanItsMaker() {
        assertThat(create("", "{}")).isEqualTo("200 [default, mk] 2764800s renewable");
        assertThat(create("", "{\"policies\":[\"MK\"]}")).isEqualTo("200 [default, mk] 2764800s renewable");
        assertThat(create("", "{\"policies\":[\"mk\"],\"no_default_policy\":true}"))
                .isEqualTo("200 [mk] 2764800s renewable");
        assertThat(create("", "{\"policies\":[\"other\"]}")).isEqualTo("400 child policies must be subset of parent");
        assertThat(create("", "{\"policies\":[\"root\"]}")).isEqualTo("400 child policies must be subset of parent");
        assertThat(create("", "{\"policies\":[\"Root\",\"mk\"]}"))
                .isEqualTo("400 child policies must be subset of parent");
        assertThat(create("", "{\"no_parent\":true}"))
                .isEqualTo("400 root or sudo privileges required to create orphan token");
        assertThat(create("", "{\"id\":\"x\"}")).isEqualTo("400 root or sudo privileges required to specify token id");
        assertThat(create("", "{\"period\":\"1h\"}"))
                .isEqualTo("400 root or sudo privileges required to create periodic token");
        assertThat(create("-orphan", "{}")).isEqualTo("200 [default, mk] 2764800s renewable orphan");
    }

    @Test
    void sudoOnThePathIsAsGoodAsRootButMakesNoRoot() {
        vault.write(
                "sys/policies/acl/su",
                "{\"policy\":\"path \\\"auth/token/create\\\" {capabilities=[\\\"update\\\",\\\"sudo\\\"]}\"}");
        maker = clients.create("{\"policies\":[\"su\"]}");
        assertThat(create("", "{\"policies\":[\"mk\"],\"no_parent\":true,\"id\":\"own\",\"period\":60}"))
                .startsWith("200 [default, mk] 60s renewable orphan [A token whose text");
        assertThat(create("", "{\"policies\":[\"root\"]}"))
                .isEqualTo("400 root tokens may not be created without parent token being root");
    }

    @Test
    void theListsOfARoleDecide() {
        assertThat(role(
                        "ci",
                        "{\"allowed_policies\":\"default,ci-a\",\"allowed_policies_glob\":\"ci-*\","
                                + "\"disallowed_policies\":\"ci-no\",\"orphan\":true,\"path_suffix\":\"suf\","
                                + "\"token_period\":\"5m\"}"))
                .isEqualTo("204");
        String made = create("/ci", "{\"policies\":[\"ci-x\"]}");
        assertThat(made).startsWith("200 [ci-x, default] 300s renewable orphan");
        assertThat(create("/ci", "{}")).startsWith("200 [ci-a, default] 300s renewable orphan");
        assertThat(create("/ci", "{\"policies\":[\"ci-no\"]}"))
                .isEqualTo("400 token policy \"ci-no\" is disallowed by this role");
        assertThat(create("/ci", "{\"policies\":[\"other\"]}"))
                .isEqualTo("400 token policies ([\"default\" \"other\"]) must be subset of the role's allowed policies"
                        + " ([\"ci-a\" \"default\"]) or glob policies ([\"ci-*\"])");
        assertThat(create("/ci", "{\"policies\":[\"root\"]}")).startsWith("400 token policies");
        assertThat(create("/none", "{}")).isEqualTo("400 unknown role none");
        Response token = clients.write(maker, "auth/token/create/ci", "{}");
        assertThat(clients.looked(text(token), "path")).isEqualTo("\"auth/token/create/ci/suf\"");
        assertThat(clients.looked(text(token), "role")).isEqualTo("\"ci\"");
    }

    @Test
    void aRoleThatOnlyForbidsGivesTheMakersOwn() {
        role("no", "{\"disallowed_policies_glob\":\"m*\"}");
        assertThat(create("/no", "{}")).isEqualTo("400 token policy \"mk\" is disallowed by this role");
        assertThat(create("/no", "{\"policies\":[\"other\"]}")).startsWith("200 [default, other]");
        role("nodef", "{\"disallowed_policies\":\"default\"}");
        assertThat(create("/nodef", "{\"policies\":[\"other\"]}")).startsWith("200 [other]");
    }

    @Test
    void theStricterOfRoleAndRequestHolds() {
        role("strict", "{\"token_num_uses\":3,\"token_explicit_max_ttl\":\"30m\",\"renewable\":false}");
        String token = text(clients.write(maker, "auth/token/create/strict", "{\"num_uses\":9,\"ttl\":\"1h\"}"));
        assertThat(clients.looked(token, "num_uses")).isEqualTo("3");
        assertThat(clients.looked(token, "ttl")).isEqualTo("1800");
        assertThat(clients.looked(token, "renewable")).isEqualTo("false");
        token = text(clients.write(maker, "auth/token/create/strict", "{\"num_uses\":2,\"explicit_max_ttl\":60}"));
        assertThat(clients.looked(token, "num_uses")).isEqualTo("2");
        assertThat(clients.looked(token, "explicit_max_ttl")).isEqualTo("60");
    }

    @Test
    void aTypeOfARoleHoldsOrIsOnlyWhatIsMeantOtherwise() {
        role("b", "{\"token_type\":\"default-batch\",\"orphan\":true}");
        assertThat(text(clients.write(maker, "auth/token/create/b", "{}"))).startsWith("hvb.");
        assertThat(text(clients.write(maker, "auth/token/create/b", "{\"type\":\"service\"}")))
                .startsWith("hvs.");
        assertThat(role("bb", "{\"token_type\":\"batch\"}"))
                .isEqualTo("400 'token_type' cannot be 'batch' when role is set to generate non-orphan tokens");
        assertThat(role("bb", "{\"token_type\":\"batch\",\"orphan\":true}"))
                .isEqualTo("400 'token_type' cannot be 'batch' when role is set to generate renewable tokens");
        assertThat(role("bb", "{\"token_type\":\"batch\",\"orphan\":true,\"renewable\":false,\"token_period\":9}"))
                .isEqualTo(
                        "400 'token_type' cannot be 'batch' or 'default_batch' when set to generate periodic tokens");
        assertThat(role("bb", "{\"token_type\":\"batch\",\"orphan\":true,\"renewable\":false}"))
                .isEqualTo("204");
        assertThat(text(clients.write(maker, "auth/token/create/bb", "{\"type\":\"service\"}")))
                .startsWith("hvb.");
    }

    @Test
    void aTokenIsMadeForWhoeverItsRoleLetsItBeMadeFor() {
        role("ci", "{\"allowed_entity_aliases\":\"Web-*,one\",\"allowed_policies\":\"mk\",\"orphan\":true}");
        for (String alias : List.of("other", "web", "xweb-1", " ", "web-\\u0000")) {
            assertThat(create("/ci", "{\"entity_alias\":\"" + alias + "\"}"))
                    .isEqualTo("400 invalid 'entity_alias' value");
        }
        assertThat(create("/ci", "{\"entity_alias\":\"web-1\",\"id\":\"x\"}"))
                .isEqualTo("400 root or sudo privileges required to specify token id");
        assertThat(create("", "{\"entity_alias\":\"web-1\"}"))
                .isEqualTo("400 'entity_alias' is only allowed in combination with token role");
        String entity = entityOf("web-1");
        assertThat(create("/ci", "{\"entity_alias\":\"web-1\",\"type\":\"batch\"}"))
                .startsWith("200 [default, mk]");
        assertThat(entityOf("WEB-1")).isEqualTo(entity);
        assertThat(entityOf("one")).isNotEqualTo(entity);
        String path = "identity/entity/id/" + entity;
        clients.write(ROOT, path, "{\"policies\":[\"more\"]}");
        Response made = clients.write(maker, "auth/token/create/ci", "{\"entity_alias\":\"web-1\"}");
        assertThat(((Response.Authenticated) made).auth().identityPolicies()).containsExactly("more");
        assertThat(clients.lives(Clients.text(made))).isTrue();
        clients.write(ROOT, path, "{\"disabled\":true}");
        assertThat(clients.lives(Clients.text(made))).isFalse();
        assertThat(create("/ci", "{\"entity_alias\":\"web-1\"}")).isEqualTo("403 permission denied");
        role("ci", "{\"allowed_entity_aliases\":[]}");
        assertThat(create("/ci", "{\"entity_alias\":\"one\"}")).isEqualTo("400 invalid 'entity_alias' value");
    }

    private String entityOf(String alias) {
        Response made = clients.write(maker, "auth/token/create/ci", "{\"entity_alias\":\"" + alias + "\"}");
        String entity = ((Response.Authenticated) made).auth().entityId();
        assertThat(clients.looked(Clients.text(made), "entity_id")).isEqualTo('"' + entity + '"');
        return entity;
    }

    @Test
    void aRenewalGoesByWhatTheRoleSaysNow() {
        role("r", "{\"token_period\":\"5m\"}");
        String token = text(clients.write(maker, "auth/token/create/r", "{}"));
        role("r", "{\"token_period\":\"10m\"}");
        assertThat(show(clients.write(token, "auth/token/renew-self", "{\"increment\":\"99h\"}")))
                .isEqualTo("200 [default, mk] 600s renewable");
        vault.delete("auth/token/roles/r");
        assertThat(show(clients.write(token, "auth/token/renew-self", "{}")))
                .isEqualTo("500 1 error occurred:\n\t* original token role \"r\" could not be found, not renewing\n\n");
    }

    @Test
    void aRoleIsReadBackAndChangedFieldByField() {
        role("x", "{\"allowed_policies\":[\"B\",\"a\"],\"period\":60,\"bound_cidrs\":\"10.0.0.0/8\"}");
        role("x", "{\"token_num_uses\":2}");
        assertThat(show(clients.call(ROOT, Operation.READ, "auth/token/roles/x", "")))
                .isEqualTo(
                        "200 {\"allowed_entity_aliases\":[],\"allowed_policies\":[\"a\",\"b\"],"
                                + "\"allowed_policies_glob\":[],\"disallowed_policies\":[],\"disallowed_policies_glob\":[],"
                                + "\"explicit_max_ttl\":0,\"name\":\"x\",\"orphan\":false,\"path_suffix\":\"\",\"period\":60,"
                                + "\"renewable\":true,\"token_explicit_max_ttl\":0,\"token_no_default_policy\":false,"
                                + "\"token_period\":60,\"token_type\":\"default-service\","
                                + "\"token_bound_cidrs\":[\"10.0.0.0/8\"],\"bound_cidrs\":[\"10.0.0.0/8\"],\"token_num_uses\":2}");
        assertThat(show(clients.call(ROOT, Operation.LIST, "auth/token/roles/", "")))
                .isEqualTo("200 {\"keys\":[\"x\"]}");
        assertThat(show(vault.delete("auth/token/roles/x"))).isEqualTo("204");
        assertThat(show(vault.read("auth/token/roles/x"))).isEqualTo("404 ");
    }

    @Test
    void whatIsNoRoleIsRefused() {
        assertThat(role("x", "{\"token_bound_cidrs\":\"nonsense\"}"))
                .isEqualTo("400 'token_bound_cidrs' must hold IP addresses or CIDR blocks");
        assertThat(role("x", "{\"token_period\":-1}")).isEqualTo("400 'token_period' cannot be negative");
        assertThat(role("x", "{\"token_num_uses\":-1}")).isEqualTo("400 'token_num_uses' cannot be negative");
        assertThat(role("x", "{\"token_type\":\"odd\"}")).startsWith("400 invalid 'token_type' value");
        assertThat(role("x", "{\"path_suffix\":\"a/b\"}")).startsWith("400 given role path suffix");
        assertThat(role("x", "{\"allowed_policies\":\"response-wrapping\"}"))
                .isEqualTo("400 cannot assign policy \"response-wrapping\"");
        assertThat(role("x.", "{}")).isEqualTo("404 1 error occurred:\n\t* unsupported path\n\n");
        assertThat(role("x", "{\"allowed_policies\":\"r\\u00a0oot\\u00a0\"}")).startsWith("400 a policy's name");
    }

    @Test
    void aRoleIsStoredInOneForm() {
        TokenRole role = Golden.of("token/role.json").holds(TokenRole::read, TokenRole::write);
        assertThat(role.explicitMax()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aPatternMatchesAnyTextForEachStar() {
        assertThat(Glob.matches("ci-*", "ci-")).isTrue();
        assertThat(Glob.matches("*-x-*", "a-x-x-b")).isTrue();
        assertThat(Glob.matches("a*b*c", "aXbYbZc")).isTrue();
        assertThat(Glob.matches("a*b", "ab")).isTrue();
        assertThat(Glob.matches("a*b", "abc")).isFalse();
        assertThat(Glob.matches("", "")).isTrue();
        assertThat(Glob.matches("**", "")).isTrue();
        assertThat(Glob.matches("a", "A")).isFalse();
    }
}
