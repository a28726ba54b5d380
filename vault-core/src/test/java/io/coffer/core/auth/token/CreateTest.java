// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static io.coffer.core.auth.token.Clients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Making tokens with the root token: every field, and what is refused.
class CreateTest {
    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private String create(String body) {
        return show(clients.write(ROOT, "auth/token/create", body));
    }

    @Test
    void aChildOfRootIsRootAndNeverEndsUnlessItIsToldTo() {
        assertThat(create("{}")).isEqualTo("200 [root] 0s");
        assertThat(create("{\"ttl\":\"1h\"}")).isEqualTo("200 [root] 3600s renewable");
        assertThat(create("{\"explicit_max_ttl\":\"30m\"}")).isEqualTo("200 [root] 1800s renewable");
    }

    @Test
    void othersLiveAsLongAsTheMountSays() {
        assertThat(create("{\"policies\":[\"default\"]}")).isEqualTo("200 [default] 2764800s renewable");
    }

    @Test
    void theLongestLifeCapsTheOneAskedFor() {
        assertThat(create("{\"ttl\":\"1h\",\"explicit_max_ttl\":\"1800s\",\"renewable\":false}"))
                .isEqualTo("200 [root] 1800s [TTL of \"1h0m0s\" exceeded the effective max_ttl of \"30m0s\";"
                        + " TTL value is capped accordingly]");
        assertThat(create("{\"ttl\":\"800h\"}")).startsWith("200 [root] 2764800s renewable [TTL of \"800h0m0s\"");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(create("{\"num_uses\":-1}")).isEqualTo("400 number of uses cannot be negative");
        assertThat(create("{\"ttl\":\"-1h\"}")).isEqualTo("400 ttl must be positive");
        assertThat(create("{\"period\":-1}")).isEqualTo("400 period must be positive");
        assertThat(create("{\"explicit_max_ttl\":-1}")).isEqualTo("400 explicit_max_ttl must be positive");
        assertThat(create("{\"ttl\":\"x\"}")).startsWith("400 Field validation failed");
        assertThat(create("{\"type\":\"odd\"}")).isEqualTo("400 invalid 'token_type' value");
        assertThat(create("{\"policies\":[\"response-wrapping\"]}"))
                .isEqualTo("400 cannot assign policy \"response-wrapping\"");
        assertThat(create("{\"entity_alias\":\"x\"}"))
                .isEqualTo("400 'entity_alias' is only allowed in combination with token role");
    }

    @Test
    void aTextOfOnesOwnIsTakenOnce() {
        assertThat(create("{\"id\":\"s.abc\"}")).isEqualTo("400 custom token ID cannot have the 's.' prefix");
        assertThat(create("{\"id\":\"hvs.abc\"}")).isEqualTo("400 custom token ID cannot have the 'hvs.' prefix");
        assertThat(create("{\"id\":\"a.b\"}")).isEqualTo("400 custom token ID cannot have a '.' in the value");
        assertThat(create("{\"id\":\"a b\"}")).startsWith("400 custom token ID must be printable");
        assertThat(clients.create("{\"id\":\"mine\"}")).isEqualTo("mine");
        assertThat(clients.lives("mine")).isTrue();
        assertThat(create("{\"id\":\"mine\"}")).isEqualTo("400 cannot create a token with a duplicate ID");
        clients.write(ROOT, "auth/token/revoke", "{\"token\":\"mine\"}");
        assertThat(create("{\"id\":\"mine\"}")).isEqualTo("400 cannot create a token with a duplicate ID");
    }

    @Test
    void policiesAreKeptInOneForm() {
        assertThat(create("{\"policies\":\" B,a,b,A ,\"}"))
                .isEqualTo("200 [a, b, default] 2764800s renewable"
                        + " [Policy \"a\" does not exist, Policy \"b\" does not exist]");
        assertThat(create("{\"policies\":[\"ROOT\",\"a\"]}")).startsWith("200 [root] ");
        assertThat(create("{\"policies\":\"a,default\",\"no_default_policy\":true}"))
                .startsWith("200 [a] ");
    }

    @Test
    void aNameForPeopleHasOnlyLettersDigitsAndHyphens() {
        String token = clients.create("{\"display_name\":\"a b/c!\"}");
        assertThat(clients.looked(token, "display_name")).isEqualTo("\"token-a-b-c\"");
        assertThat(clients.looked(clients.create("{}"), "display_name")).isEqualTo("\"token\"");
    }

    @Test
    void aRootTokenThatEndsMakesNoneThatDoesNot() {
        String ending = clients.create("{\"ttl\":\"1h\",\"policies\":[\"root\"]}");
        assertThat(show(clients.write(ending, "auth/token/create", "{\"policies\":[\"root\"]}")))
                .isEqualTo("400 expiring root tokens cannot create non-expiring root tokens");
    }

    @Test
    void batchTokensAreStoredNowhereAndMakeNothing() {
        assertThat(create("{\"type\":\"batch\"}")).isEqualTo("400 batch tokens cannot be root tokens");
        assertThat(create("{\"type\":\"batch\",\"num_uses\":3}"))
                .isEqualTo("400 batch tokens cannot have \"num_uses\" set");
        assertThat(create("{\"type\":\"batch\",\"period\":3}"))
                .isEqualTo("400 batch tokens cannot have \"period\" set");
        assertThat(create("{\"type\":\"batch\",\"explicit_max_ttl\":3}"))
                .isEqualTo("400 batch tokens cannot have \"explicit_max_ttl\" set");
        assertThat(create("{\"type\":\"batch\",\"policies\":[\"default\"]}")).isEqualTo("200 [default] 2764800s");
        Response made = clients.write(ROOT, "auth/token/create", "{\"type\":\"batch\",\"policies\":[\"default\"]}");
        assertThat(text(made)).startsWith("hvb.");
        assertThat(clients.looked(text(made), "type")).isEqualTo("\"batch\"");
        assertThat(show(clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + text(made) + "\"}")))
                .isEqualTo("400 batch tokens cannot be revoked");
        assertThat(show(clients.write(ROOT, "auth/token/renew", "{\"token\":\"" + text(made) + "\"}")))
                .isEqualTo("400 batch tokens cannot be renewed");
    }

    @Test
    void aBatchTokenThatIsTooLongIsRefused() {
        String body = "{\"type\":\"batch\",\"policies\":[\"a\"],\"meta\":{\"k\":\"" + "x".repeat(7000) + "\"}}";
        assertThat(create(body)).startsWith("400 a batch token holds all that is known of it");
    }

    @Test
    void anAddressNobodyMayComeFromIsKeptOut() {
        clients.write(ROOT, "auth/token/roles/near", "{\"token_bound_cidrs\":\"10.0.0.0/8,2001:db8::/32\"}");
        String token = text(clients.write(ROOT, "auth/token/create/near", "{\"policies\":[\"root\"],\"ttl\":60}"));
        assertThat(show(clients.writeFrom("10.1.2.3", token, "auth/token/lookup-self", "")))
                .startsWith("200 ");
        assertThat(show(clients.writeFrom("2001:db8::1", token, "auth/token/lookup-self", "")))
                .startsWith("200 ");
        assertThat(show(clients.writeFrom("11.1.2.3", token, "auth/token/lookup-self", "")))
                .startsWith("403 ");
        assertThat(clients.call(token, Operation.READ, "auth/token/lookup-self", ""))
                .isInstanceOf(Response.Denied.class);
    }
}
