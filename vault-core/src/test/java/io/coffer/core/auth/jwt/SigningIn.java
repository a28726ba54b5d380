// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.util.HashMap;
import java.util.Map;

/// A vault where people sign in at an issuer, and what they do.
final class SigningIn implements AutoCloseable {
    static final String BACK = "https://ui.example/back";
    static final String EXPIRED = "Vault login failed. Expired or missing OAuth state.";

    final TestIssuer issuer = new TestIssuer("https://issuer");
    final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).engine("auth/oidc", mount -> new JwtEngine(mount, issuer)), 1, 1);

    SigningIn() {
        Logins.enable(vault, "oidc");
        configure();
        role("");
    }

    void configure() {
        assertThat(vault.write(
                        "auth/oidc/config",
                        "{\"oidc_discovery_url\":\"https://issuer\",\"oidc_client_id\":\"" + TestIssuer.CLIENT
                                + "\",\"oidc_client_secret\":\"" + TestIssuer.SECRET
                                + "\",\"default_role\":\"staff\"}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    void role(String more) {
        vault.delete("auth/oidc/role/staff");
        assertThat(vault.write(
                        "auth/oidc/role/staff",
                        "{\"user_claim\":\"sub\",\"groups_claim\":\"groups\",\"token_policies\":\"dev\","
                                + "\"oidc_scopes\":\"email\",\"claim_mappings\":{\"mail\":\"email\"},"
                                + "\"allowed_redirect_uris\":[\"" + BACK + "\",\"http://localhost:8250/oidc/callback\"]"
                                + more + "}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    Response setOut(String more) {
        return Logins.anonymous(vault, "auth/oidc/oidc/auth_url", "{\"redirect_uri\":\"" + BACK + "\"" + more + "}");
    }

    static String url(Response answer) {
        if (answer instanceof Response.Ok ok
                && ok.data() instanceof Json.Obj data
                && data.get("auth_url") instanceof Json.Str(String url)) {
            return url;
        }
        throw new AssertionError(answer.toString());
    }

    String who(String more) {
        long now = vault.time().now().getEpochSecond();
        return "\"sub\":\"ann\",\"iat\":" + now + ",\"exp\":" + (now + 600) + more;
    }

    Map<String, String> signedIn(String more) {
        return issuer.signIn(url(setOut("")), who(more));
    }

    Response back(Map<String, String> query) {
        StringBuilder body = new StringBuilder("{");
        query.forEach((name, value) ->
                body.append(body.length() == 1 ? "" : ",").append("\"" + name + "\":\"" + value + "\""));
        return Logins.anonymous(vault, "auth/oidc/oidc/callback", body + "}");
    }

    static void assertRefused(Response answer, String why) {
        assertThat(answer).isInstanceOfSatisfying(Response.Invalid.class, refused -> assertThat(
                        refused.errors().getFirst())
                .contains(why));
    }

    static Map<String, String> with(Map<String, String> query, String name, String value) {
        Map<String, String> other = new HashMap<>(query);
        other.put(name, value);
        return other;
    }

    @Override
    public void close() {
        vault.close();
    }
}
