// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.auth.jwt.Signer;
import io.coffer.core.auth.jwt.TestIssuer;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logins with signed tokens, by a whole daemon that asks an issuer over HTTP.
class SignedLoginTest {
    private IssuerServer issuer;
    private RunningServer vault;

    @BeforeEach
    void start() throws Exception {
        issuer = new IssuerServer();
        vault = new RunningServer(Traffic.DEFAULT);
    }

    @AfterEach
    void stop() {
        vault.close();
        issuer.close();
    }

    private void done(String method, String path, String body) throws Exception {
        Raw.Answered answer = vault.ask(method, path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(204);
    }

    private static String text(Raw.Answered answer, String... names) {
        Json at = JsonText.DEFAULT.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
        for (String name : names) {
            at = ((Json.Obj) at).get(name);
        }
        return ((Json.Str) at).value();
    }

    private static String claims() {
        long now = Instant.now().getEpochSecond();
        return "{\"sub\":\"Ann\",\"aud\":\"vault\",\"groups\":[\"ops\",\"dev\"],\"iat\":" + now + "}";
    }

    private Raw.Answered login(String token) throws Exception {
        return vault.ask("POST", "auth/jwt/login", "{\"role\":\"dev\",\"jwt\":\"" + token + "\"}");
    }

    @Test
    void tokensLetInByKeysOfAnyKind() throws Exception {
        Signer rsa = Signer.of("RS256", "a");
        Signer curve = Signer.of("ES256", "b");
        done("POST", "sys/auth/jwt", "{\"type\":\"jwt\"}");
        done("POST", "auth/jwt/role/dev", """
                {"role_type":"jwt","user_claim":"sub","bound_audiences":"vault","groups_claim":"groups"}""");
        done("POST", "auth/jwt/config", "{\"jwt_validation_pubkeys\":[\"" + rsa.pem() + "\"]}");
        assertThat(login(rsa.sign(claims())).status()).isEqualTo(200);
        assertThat(login(curve.sign(claims())).status()).isEqualTo(400);
        issuer.files.put("/set", ("{\"keys\":[" + curve.webKey() + "]}").getBytes(StandardCharsets.UTF_8));
        done("POST", "auth/jwt/config", "{\"jwks_url\":\"" + issuer.url() + "/set\"}");
        assertThat(login(curve.sign(claims())).status()).isEqualTo(200);
        assertThat(login(rsa.sign(claims())).body()).contains("no known key has signed it");
        done("POST", "auth/jwt/config", "{\"oidc_discovery_url\":\"" + issuer.url() + "\"}");
        String issued = claims().replace("{", "{\"iss\":\"" + issuer.url() + "\",");
        assertThat(login(issuer.issuer.signer.sign(issued)).status()).isEqualTo(200);
        Raw.Answered gone = vault.ask("POST", "auth/jwt/config", "{\"jwks_url\":\"" + issuer.url() + "/none\"}");
        assertThat(gone.body()).contains("error checking jwks URL: status 400");
    }

    @Test
    void groupsOfTheTokenGiveTheirPolicies() throws Exception {
        Signer signer = Signer.of("EdDSA", "a");
        done("POST", "sys/auth/jwt", "{\"type\":\"jwt\"}");
        done("POST", "auth/jwt/config", "{\"jwt_validation_pubkeys\":[\"" + signer.pem() + "\"]}");
        done("POST", "auth/jwt/role/dev", """
                {"role_type":"jwt","user_claim":"sub","bound_audiences":"vault","groups_claim":"groups"}""");
        String group = text(vault.ask("POST", "identity/group", """
                        {"name":"operators","type":"external","policies":"operate"}"""), "data", "id");
        String accessor = text(vault.ask("GET", "sys/auth/jwt", ""), "data", "accessor");
        assertThat(vault.ask(
                                "POST",
                                "identity/group-alias",
                                "{\"name\":\"ops\",\"canonical_id\":\"" + group + "\",\"mount_accessor\":\"" + accessor
                                        + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(login(signer.sign(claims())).body()).contains("\"identity_policies\":[\"operate\"]");
        assertThat(login(signer.sign(claims().replace("\"ops\",", ""))).body()).doesNotContain("operate");
    }

    @Test
    void peopleSignInAtTheIssuerAndComeBackOnce() throws Exception {
        done("POST", "sys/auth/oidc", "{\"type\":\"oidc\"}");
        done(
                "POST",
                "auth/oidc/config",
                "{\"oidc_discovery_url\":\"" + issuer.url() + "\",\"oidc_client_id\":\"" + TestIssuer.CLIENT
                        + "\",\"oidc_client_secret\":\"" + TestIssuer.SECRET + "\",\"default_role\":\"staff\"}");
        done("POST", "auth/oidc/role/staff", """
                {"user_claim":"sub","allowed_redirect_uris":"http://localhost:8250/oidc/callback"}""");
        Raw.Answered sent = vault.ask("POST", "auth/oidc/oidc/auth_url", """
                {"redirect_uri":"http://localhost:8250/oidc/callback","client_nonce":"n"}""");
        long now = Instant.now().getEpochSecond();
        Map<String, String> back = issuer.issuer.signIn(
                text(sent, "data", "auth_url"), "\"sub\":\"Ann\",\"iat\":" + now + ",\"exp\":" + (now + 60));
        String path = "auth/oidc/oidc/callback?client_nonce=n&state=" + back.get("state") + "&code="
                + URLEncoder.encode(back.getOrDefault("code", ""), StandardCharsets.UTF_8);
        Raw.Answered in = vault.ask("GET", path, "");
        assertThat(in.status()).as(in.body()).isEqualTo(200);
        assertThat(text(in, "auth", "client_token")).startsWith("hvs.");
        assertThat(vault.ask("GET", path, "").body()).contains("Expired or missing OAuth state");
    }
}
