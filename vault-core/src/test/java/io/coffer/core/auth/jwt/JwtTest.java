// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.engine.Outbound;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwtTest {
    private static final Signer RSA = Signer.of("RS256", "one");

    private final List<String> asked = new ArrayList<>();
    private Map<String, String> published = Map.of();
    private final Outbound outbound = (question, slow) -> {
        String url = question.url();
        asked.add(url);
        return published.containsKey(url)
                ? new Outbound.Outcome.Answered(published.getOrDefault(url, "").getBytes(StandardCharsets.UTF_8))
                : new Outbound.Outcome.Failed("nobody there");
    };
    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).engine("auth/jwt", mount -> new JwtEngine(mount, outbound)), 1, 1);

    @BeforeEach
    void enable() {
        Logins.enable(vault, "jwt");
        keys(RSA);
        role("{\"bound_audiences\":\"vault\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void keys(Signer... signers) {
        String pems =
                String.join("\",\"", List.of(signers).stream().map(Signer::pem).toList());
        assertThat(vault.write("auth/jwt/config", "{\"jwt_validation_pubkeys\":[\"" + pems + "\"]}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    /// @param more members, as an object
    private void role(String more) {
        vault.delete("auth/jwt/role/dev");
        assertThat(vault.write(
                        "auth/jwt/role/Dev",
                        "{\"role_type\":\"jwt\",\"user_claim\":\"sub\",\"token_policies\":\"dev\","
                                + more.substring(1)))
                .isEqualTo(Response.NO_CONTENT);
    }

    private Response login(String token) {
        return Logins.anonymous(vault, "auth/jwt/login", "{\"role\":\"DEV\",\"jwt\":\"" + token + "\"}");
    }

    private String claims(String more) {
        long now = vault.time().now().getEpochSecond();
        return "{\"sub\":\"ann\",\"aud\":\"vault\",\"iat\":" + now + ",\"exp\":" + (now + 600) + more + "}";
    }

    private void assertRefused(String token, String why) {
        assertThat(login(token)).isInstanceOfSatisfying(Response.Invalid.class, refused -> assertThat(
                        refused.errors().getFirst())
                .contains(why));
    }

    @Test
    void everyAlgorithmLetsIn() {
        for (String algorithm :
                List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")) {
            Signer signer = Signer.of(algorithm, "k-" + algorithm);
            keys(RSA, signer);
            Auth auth = Logins.in(login(signer.sign(claims(""))));
            assertThat(auth.tokenPolicies()).containsExactly("default", "dev");
            assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("role", "dev"));
        }
        String told = TestVault.text(Logins.as(
                vault, Logins.token(login(RSA.sign(claims("")))), Operation.READ, "auth/token/lookup-self", ""));
        assertThat(told).contains("\"display_name\":\"jwt-ann\"");
    }

    @Test
    void nobodyGetsInByAnotherAlgorithmThanTheKeysOwn() {
        assertRefused(Signer.of("RS256", "one").sign(claims("")), "no known key has signed it");
        String none = Signer.encode("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + Signer.encode(claims("").getBytes(StandardCharsets.UTF_8)) + ".";
        assertRefused(none, "no signed token of a known algorithm");
        String signed = Signer.encode("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + Signer.encode(claims("").getBytes(StandardCharsets.UTF_8));
        for (byte[] secret : List.of(
                RSA.pair().getPublic().getEncoded(),
                RSA.pem().replace("\\n", "\n").getBytes(StandardCharsets.UTF_8),
                RSA.pem().getBytes(StandardCharsets.UTF_8))) {
            String mac = Signer.encode(Hmac.once(secret, signed.getBytes(StandardCharsets.UTF_8)));
            assertRefused(signed + "." + mac, "no signed token of a known algorithm");
        }
        vault.write(
                "auth/jwt/config",
                "{\"jwt_validation_pubkeys\":[\"" + RSA.pem() + "\"],\"jwt_supported_algs\":[\"ES256\"]}");
        assertRefused(RSA.sign(claims("")), "no known key has signed it");
        assertRefused(
                RSA.sign("{\"alg\":\"RS256\",\"crit\":[\"x\"]}", claims("")), "no signed token of a known algorithm");
    }

    @Test
    void aTokenThatIsBentAnywhereIsRefused() {
        String token = RSA.sign(claims(""));
        Logins.in(login(token));
        int refused = 0;
        for (int i = 0; i < token.length(); i += 7) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String bent = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(login(bent)).as("at " + i).isInstanceOf(Response.Invalid.class);
            refused++;
        }
        assertThat(refused).isGreaterThan(50);
        for (String odd : List.of("a", "a.b", "a.b.c.d", "..", token + ".", "." + token)) {
            assertRefused(odd, "error validating token");
        }
        assertRefused("", "missing token");
    }

    @Test
    void aTokenIsGoodFromItsBeginningToItsEnd() {
        long now = vault.time().now().getEpochSecond();
        String who = "{\"sub\":\"ann\",\"aud\":[\"x\",\"vault\"],";
        Logins.in(login(RSA.sign(who + "\"exp\":" + (now - 59) + "}")));
        assertRefused(RSA.sign(who + "\"exp\":" + (now - 60) + "}"), "token is expired");
        assertRefused(RSA.sign(who + "\"exp\":" + (now + 600) + ",\"nbf\":" + (now + 61) + "}"), "not yet valid");
        Logins.in(login(RSA.sign(who + "\"exp\":" + (now + 600) + ",\"nbf\":" + (now + 60) + "}")));
        assertRefused(RSA.sign(who + "\"exp\":" + (now + 600) + ",\"iat\":" + (now + 99) + "}"), "(");
        Logins.in(login(RSA.sign(who + "\"iat\":" + (now - 209) + "}")));
        assertRefused(RSA.sign(who + "\"iat\":" + (now - 210) + "}"), "token is expired");
        assertRefused(RSA.sign(who + "\"x\":1}"), "no issued at (iat)");
        for (String odd : List.of("\"" + (now + 9) + "\"", "1e99999999", "-1", "true", "[]", "0" + now)) {
            assertThat(login(RSA.sign(who + "\"iat\":" + now + ",\"exp\":" + odd + "}")))
                    .as(odd)
                    .isInstanceOf(Response.Invalid.class);
        }
        role("{\"bound_audiences\":\"vault\",\"clock_skew_leeway\":-1,\"expiration_leeway\":\"10s\"}");
        assertRefused(RSA.sign(who + "\"exp\":" + now + "}"), "token is expired");
        Logins.in(login(RSA.sign(who + "\"iat\":" + (now - 9) + "}")));
        assertRefused(RSA.sign(who + "\"iat\":" + (now - 10) + "}"), "token is expired");
    }

    @Test
    void aTokenSaysWhatItsRoleWants() {
        assertRefused(RSA.sign(claims("").replace("vault", "other")), "invalid audience");
        role("{\"bound_subject\":\"ann\"}");
        assertRefused(RSA.sign(claims("")), "audience claim found in JWT but no audiences bound to the role");
        role("{\"bound_audiences\":\"vault\",\"bound_subject\":\"bob\"}");
        assertRefused(RSA.sign(claims("")), "invalid subject");
        role("{\"bound_audiences\":\"vault\",\"bound_claims\":{\"team\":[\"a\",\"b\"],\"/org/name\":\"x\"}}");
        Logins.in(login(RSA.sign(claims(",\"team\":[\"z\",\"b\"],\"org\":{\"name\":\"x\"}"))));
        assertRefused(RSA.sign(claims(",\"team\":\"b\",\"org\":{\"name\":\"y\"}")), "/org/name");
        assertRefused(RSA.sign(claims(",\"team\":\"a*\",\"org\":{\"name\":\"x\"}")), "team");
        assertRefused(RSA.sign(claims(",\"org\":{\"name\":\"x\"}")), "claim \"team\" is missing");
        role("{\"bound_audiences\":\"vault\",\"bound_claims\":{\"team\":\"dev-*-eu\"},\"bound_claims_type\":\"glob\"}");
        Logins.in(login(RSA.sign(claims(",\"team\":\"dev-a-b-eu\""))));
        assertRefused(RSA.sign(claims(",\"team\":\"dev-eu\"")), "team");
        vault.write(
                "auth/jwt/config",
                "{\"jwt_validation_pubkeys\":[\"" + RSA.pem() + "\"],\"bound_issuer\":\"https://issuer\"}");
        role(
                "{\"bound_audiences\":\"vault\",\"claim_mappings\":{\"mail\":\"email\",\"none\":\"n\"},\"groups_claim\":\"g\"}");
        assertRefused(RSA.sign(claims("")), "invalid issuer");
        Auth auth = Logins.in(login(RSA.sign(claims(",\"iss\":\"https://issuer\",\"mail\":\"a@b\",\"g\":[\"x\"]"))));
        assertThat(auth.metadata().orElseThrow()).isEqualTo(Map.of("role", "dev", "email", "a@b"));
        assertRefused(
                RSA.sign(claims(",\"iss\":\"https://issuer\"").replace("\"sub\":\"ann\",", "")),
                "claim \"sub\" not found");
    }

    @Test
    void keysAreFetchedNowAndThenAndNotForEachToken() {
        Signer first = Signer.of("ES256", "first");
        Signer second = Signer.of("EdDSA", "second");
        published = Map.of("https://keys/set", "{\"keys\":[" + first.webKey() + ",{\"kty\":\"oct\",\"k\":\"AA\"}]}");
        assertThat(vault.write("auth/jwt/config", "{\"jwks_url\":\"https://keys/set\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(asked).hasSize(1);
        for (int i = 0; i < 5; i++) {
            Logins.in(login(first.sign(claims(""))));
        }
        assertThat(asked).hasSize(1);
        vault.time().pass(Duration.ofSeconds(10));
        published = Map.of("https://keys/set", "{\"keys\":[" + first.webKey() + "," + second.webKey() + "]}");
        Logins.in(login(second.sign(claims(""))));
        assertThat(asked).hasSize(2);
        for (int i = 0; i < 20; i++) {
            assertRefused(RSA.sign(claims("")), "no known key has signed it");
        }
        assertThat(asked).hasSize(2);
        vault.time().pass(Duration.ofMinutes(10));
        published = Map.of("https://keys/set", "{\"keys\":[" + second.webKey() + "]}");
        assertRefused(first.sign(claims("")), "no known key has signed it");
        assertThat(asked).hasSize(3);
        vault.time().pass(Duration.ofMinutes(10));
        published = Map.of();
        assertRefused(second.sign(claims("")), "error checking jwks URL: nobody there");
    }

    @Test
    void anIssuerIsAskedWhereItsKeysAre() {
        Signer signer = Signer.of("RS256", "k");
        published = Map.of(
                "https://issuer/.well-known/openid-configuration",
                "{\"issuer\":\"https://issuer\",\"jwks_uri\":\"https://issuer/keys\"}",
                "https://issuer/keys",
                "{\"keys\":[" + signer.webKey() + "]}",
                "https://other/.well-known/openid-configuration",
                "{\"issuer\":\"https://issuer\",\"jwks_uri\":\"https://issuer/keys\"}");
        assertThat(vault.write("auth/jwt/config", "{\"oidc_discovery_url\":\"https://other\"}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(vault.write("auth/jwt/config", "{\"oidc_discovery_url\":\"https://issuer\"}"))
                .isEqualTo(Response.NO_CONTENT);
        Logins.in(login(signer.sign(claims(",\"iss\":\"https://issuer\""))));
        assertRefused(signer.sign(claims("")), "invalid issuer");
    }

    @Test
    void configurationAndRolesAreCheckedAndReadBack() {
        for (String bad : List.of(
                "{}",
                "{\"jwt_validation_pubkeys\":[\"x\"]}",
                "{\"jwks_url\":\"file:///etc/passwd\"}",
                "{\"jwks_url\":\"https://keys\",\"oidc_discovery_url\":\"https://issuer\"}",
                "{\"jwks_url\":\"https://keys\",\"jwks_ca_pem\":\"x\"}",
                "{\"jwt_validation_pubkeys\":[\"" + RSA.pem() + "\"],\"jwt_supported_algs\":\"HS256\"}")) {
            assertThat(vault.write("auth/jwt/config", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        for (String bad : List.of(
                "{}",
                "{\"user_claim\":\"sub\",\"role_type\":\"jwt\"}",
                "{\"user_claim\":\"sub\",\"bound_claims\":{\"a\":{\"b\":1}}}",
                "{\"user_claim\":\"sub\",\"claim_mappings\":{\"a\":\"role\"}}",
                "{\"user_claim\":\"sub\",\"bound_claims_type\":\"regex\"}")) {
            assertThat(vault.write("auth/jwt/role/bad", bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(TestVault.text(vault.read("auth/jwt/role/dev")))
                .contains("\"bound_audiences\":[\"vault\"]", "\"role_type\":\"jwt\"", "\"token_policies\":[\"dev\"]");
        assertThat(TestVault.text(vault.handle(Operation.LIST, "auth/jwt/role", "")))
                .isEqualTo("{\"keys\":[\"dev\"]}");
        assertThat(TestVault.text(vault.read("auth/jwt/config"))).contains("\"jwt_validation_pubkeys\":[\"-----BEGIN");
        assertThat(Logins.anonymous(vault, "auth/jwt/login", "{\"role\":\"none\",\"jwt\":\"x\"}"))
                .isEqualTo(new Response.Invalid("role \"none\" could not be found"));
    }

    @Test
    void whatIsSetIsReadBackAsItWas() {
        String config = "\"namespace_in_state\":%s,\"oidc_client_id\":\"\",\"oidc_discovery_ca_pem\":\"\","
                + "\"oidc_discovery_url\":\"\",\"oidc_response_mode\":\"%s\",\"oidc_response_types\":[%s]";
        assertThat(TestVault.text(vault.read("auth/jwt/config"))).contains(config.formatted("true", "", ""));
        String given = "{\"jwt_validation_pubkeys\":\"" + RSA.pem() + "\",\"namespace_in_state\":false,"
                + "\"oidc_response_mode\":\"query\",\"oidc_response_types\":\"code\"}";
        assertThat(vault.write("auth/jwt/config", given)).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read("auth/jwt/config")))
                .contains(config.formatted("false", "query", "\"code\""));
        String claims = "\"bound_claims\":{\"team\":\"a\",\"level\":[1,\"2\"],\"on\":true}";
        role("{" + claims + ",\"verbose_oidc_logging\":true,\"callback_mode\":\"client\"}");
        assertThat(TestVault.text(vault.read("auth/jwt/role/dev")))
                .contains(claims, "\"verbose_oidc_logging\":true", "\"callback_mode\":\"client\"");
    }

    @Test
    void aUserClaimIsAPointerOnlyIfTheRoleSaysSo() {
        String token = RSA.sign(claims(",\"/n/u\":\"flat\",\"n\":{\"u\":\"deep\"}"));
        for (String says : List.of("", ",\"user_claim_json_pointer\":false", ",\"user_claim_json_pointer\":true")) {
            role("{\"bound_audiences\":\"vault\",\"groups_claim\":\"/n/u\"}");
            vault.write("auth/jwt/role/dev", "{\"user_claim\":\"/n/u\"" + says + "}");
            String told = TestVault.text(
                    Logins.as(vault, Logins.token(login(token)), Operation.READ, "auth/token/lookup-self", ""));
            assertThat(told).contains("\"jwt-" + (says.endsWith("true") ? "deep" : "flat") + "\"");
        }
    }
}
