// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// People who sign in at an issuer.
class OidcTest {
    private static final String BACK = SigningIn.BACK;
    private static final String EXPIRED = SigningIn.EXPIRED;

    private final SigningIn in = new SigningIn();

    @AfterEach
    void close() {
        in.close();
    }

    @Test
    void whoSignsInAtTheIssuerIsLetIn() {
        for (boolean inForm : new boolean[] {false, true}) {
            in.issuer.secretInForm = inForm;
            in.configure();
            Auth auth = Logins.in(in.back(in.signedIn(",\"mail\":\"a@b\",\"groups\":[\"x\"]")));
            assertThat(auth.tokenPolicies()).containsExactly("default", "dev");
            assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("role", "staff", "email", "a@b"));
        }
    }

    @Test
    void whereSomebodySignsInSaysEverythingThatTheIssuerNeeds() {
        in.role(",\"max_age\":\"1h\"");
        Map<String, String> query = TestIssuer.query(
                java.net.URI.create(SigningIn.url(in.setOut(""))).getRawQuery());
        assertThat(query)
                .containsEntry("scope", "openid email")
                .containsEntry("redirect_uri", BACK)
                .containsEntry("max_age", "3600")
                .containsKeys("nonce", "code_challenge");
        SigningIn.assertRefused(in.back(in.signedIn("")), "auth_time");
        long now = in.vault.time().now().getEpochSecond();
        Logins.in(in.back(in.signedIn(",\"auth_time\":" + (now - 3660))));
        SigningIn.assertRefused(in.back(in.signedIn(",\"auth_time\":" + (now - 3661))), "auth_time");
    }

    @Test
    void aTokenThatIsNotForThisLoginLetsNobodyIn() {
        long now = in.vault.time().now().getEpochSecond();
        String iss = "{\"iss\":\"https://issuer\",";
        String rest = "\"sub\":\"ann\",\"exp\":" + (now + 600) + "}";
        Map<String, String> tokens = Map.of(
                in.issuer.signer.sign(iss + "\"aud\":\"" + TestIssuer.CLIENT + "\",\"nonce\":\"other\"," + rest),
                "invalid ID token nonce",
                in.issuer.signer.sign(iss + "\"aud\":\"" + TestIssuer.CLIENT + "\"," + rest),
                "invalid ID token nonce",
                Signer.of("ES256", "first").sign(iss + rest),
                "no known key has signed it",
                "none",
                "No id_token found");
        tokens.forEach((token, why) -> {
            in.issuer.bentToken = token;
            SigningIn.assertRefused(in.back(in.signedIn("")), why);
        });
        in.issuer.bentToken = "";
        SigningIn.assertRefused(in.back(in.signedIn(",\"exp\":1,\"x\":1")), "No id_token found");
        in.role(",\"bound_audiences\":\"other\"");
        SigningIn.assertRefused(in.back(in.signedIn("")), "invalid audience");
        in.role(",\"bound_claims\":{\"team\":\"a\"}");
        SigningIn.assertRefused(in.back(in.signedIn("")), "claim \"team\" is missing");
        Logins.in(in.back(in.signedIn(",\"team\":\"a\"")));
        in.role("");
        SigningIn.assertRefused(in.back(in.signedIn(",\"azp\":\"other\"")), "invalid audience");
    }

    @Test
    void whatTheIssuerSaysElsewhereCountsIfItIsOfTheSameOneAndTheTokenSaysNothing() {
        in.role(",\"bound_claims\":{\"team\":\"a\"}");
        in.issuer.userInfo = "{\"sub\":\"ann\",\"team\":\"a\"}";
        Logins.in(in.back(in.signedIn("")));
        SigningIn.assertRefused(in.back(in.signedIn(",\"team\":\"b\"")), "team");
        in.issuer.userInfo = "{\"sub\":\"bob\",\"team\":\"a\"}";
        SigningIn.assertRefused(in.back(in.signedIn("")), "claim \"team\" is missing");
        in.issuer.userInfo = "[]";
        SigningIn.assertRefused(in.back(in.signedIn("")), "claim \"team\" is missing");
    }

    @Test
    void theIssuerSendsNobodyElsewhere() {
        for (String uri : List.of(
                BACK + "/",
                BACK + "?x=1",
                BACK + "#x",
                "HTTPS://ui.example/back",
                "https://ui.example:443/back",
                "https://ui.example/../back",
                "https://localhost/oidc/callback",
                "http://localhost:1/other",
                "http://a@localhost/oidc/callback",
                "http://localhost.evil/oidc/callback",
                "http://127.0.0.1/oidc/callback",
                "http://localhost:8250/oidc/callback?x",
                "javascript:1",
                "::")) {
            Response answer = Logins.anonymous(
                    in.vault, "auth/oidc/oidc/auth_url", "{\"role\":\"staff\",\"redirect_uri\":\"" + uri + "\"}");
            assertThat(SigningIn.url(answer)).as(uri).isEmpty();
        }
        for (String uri : List.of(
                BACK,
                "http://localhost:8250/oidc/callback",
                "http://localhost:1/oidc/callback",
                "http://localhost/oidc/callback")) {
            Response answer = Logins.anonymous(
                    in.vault, "auth/oidc/oidc/auth_url", "{\"role\":\"STAFF\",\"redirect_uri\":\"" + uri + "\"}");
            assertThat(SigningIn.url(answer)).as(uri).startsWith("https://issuer/authorize?");
        }
    }

    @Test
    void aRoleThatWasTakenAwayOrChangedMeanwhileLetsNobodyIn() {
        Map<String, String> query = in.signedIn("");
        in.vault.delete("auth/oidc/role/staff");
        SigningIn.assertRefused(in.back(query), "Role could not be found");
        in.role("");
        Map<String, String> other = in.signedIn("");
        in.role(",\"role_type\":\"jwt\",\"bound_audiences\":\"x\"");
        SigningIn.assertRefused(in.back(other), "Role could not be found");
        SigningIn.assertRefused(in.setOut(""), "role with jwt role_type is not allowed");
        in.role("");
        in.vault.write("auth/oidc/config", "{\"jwks_url\":\"https://issuer/keys\",\"default_role\":\"staff\"}");
        SigningIn.assertRefused(in.setOut(""), "OIDC login is not configured for this mount");
        SigningIn.assertRefused(
                Logins.anonymous(in.vault, "auth/oidc/login", "{\"jwt\":\"x\"}"),
                "role with oidc role_type is not allowed");
    }

    @Test
    void keysThatTheIssuerRotatedAreFetched() {
        Logins.in(in.back(in.signedIn("")));
        in.vault.time().pass(Duration.ofSeconds(10));
        in.issuer.signer = Signer.of("RS256", "second");
        Logins.in(in.back(in.signedIn("")));
    }

    @Test
    void theSecretIsNeverReadBackAndWhatIsNotThereIsRefused() {
        assertThat(TestVault.text(in.vault.read("auth/oidc/config")))
                .contains("\"oidc_client_id\":\"" + TestIssuer.CLIENT + "\"")
                .doesNotContain("100%");
        for (String bad : List.of(
                "{\"jwks_url\":\"https://issuer/keys\",\"oidc_client_id\":\"x\"}",
                "{\"oidc_discovery_url\":\"https://issuer\",\"oidc_client_secret\":\"x\"}",
                "{\"oidc_discovery_url\":\"https://issuer\",\"oidc_response_mode\":\"form_post\"}",
                "{\"oidc_discovery_url\":\"https://issuer\",\"oidc_response_types\":\"id_token\"}")) {
            assertThat(in.vault.write("auth/oidc/config", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        for (String bad : List.of(
                "{\"user_claim\":\"sub\"}",
                "{\"user_claim\":\"sub\",\"allowed_redirect_uris\":\"x\",\"callback_mode\":\"direct\"}")) {
            assertThat(in.vault.write("auth/oidc/role/bad", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(in.vault.handle(in.vault.request(Operation.READ, "auth/oidc/oidc/callback", "", Optional.empty())))
                .isEqualTo(new Response.Invalid(EXPIRED));
    }
}
