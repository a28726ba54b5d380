// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.crypto.Digest;
import io.coffer.core.engine.Outbound;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small identity provider, as strict as the specification allows it to be: a code is good once, for the
/// client, the redirection and the verifier that it was asked for with.
public final class TestIssuer implements Outbound {
    public static final String CLIENT = "vault-client";
    public static final String SECRET = "client secret: 100%";

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public volatile Signer signer = Signer.of("ES256", "first");

    /// What the token is instead; empty for what was signed in with.
    volatile String bentToken = "";

    volatile boolean secretInForm;
    volatile String userInfo = "";
    private final String name;
    private final Map<String, SignedIn> codes = new ConcurrentHashMap<>();

    /// @param claims without those that the protocol adds
    private record SignedIn(Map<String, String> query, String claims) {}

    /// @param name the issuer's URL
    public TestIssuer(String name) {
        this.name = name;
    }

    @Override
    public Outcome ask(Question question, Slow slow) {
        slow.left();
        asked.add(question.url());
        return answer(URI.create(question.url()).getPath(), question.authorization(), question.form())
                .<Outcome>map(text -> new Outcome.Answered(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> new Outcome.Failed("status 400"));
    }

    /// The body of an answer; empty for a refusal.
    public Optional<String> answer(String path, String authorization, Optional<Map<String, String>> form) {
        return switch (path) {
            case "/.well-known/openid-configuration" -> Optional.of(discovery());
            case "/keys" -> Optional.of("{\"keys\":[" + signer.webKey() + "]}");
            case "/token" -> form.flatMap(given -> token(authorization, given));
            case "/userinfo" ->
                authorization.equals("Bearer access") && !userInfo.isEmpty() ? Optional.of(userInfo) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// What a person does in a browser.
    ///
    /// @param url where the vault sends him
    /// @param claims what the issuer knows of him, as members of an object
    /// @return the query with which the issuer sends him back
    public Map<String, String> signIn(String url, String claims) {
        URI uri = URI.create(url);
        Map<String, String> query = query(uri.getRawQuery());
        if (!url.startsWith(name + "/authorize?")
                || !CLIENT.equals(query.get("client_id"))
                || !"code".equals(query.get("response_type"))
                || !"S256".equals(query.get("code_challenge_method"))) {
            throw new AssertionError(url);
        }
        String code = "code-" + codes.size() + "/+%";
        codes.put(code, new SignedIn(query, claims));
        return Map.of("state", query.getOrDefault("state", ""), "code", code);
    }

    public static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private String discovery() {
        return "{\"issuer\":\"" + name + "\",\"authorization_endpoint\":\"" + name
                + "/authorize\",\"token_endpoint\":\""
                + name + "/token\",\"userinfo_endpoint\":\"" + name + "/userinfo\",\"jwks_uri\":\"" + name + "/keys\""
                + (secretInForm ? ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"]" : "") + "}";
    }

    private Optional<String> token(String authorization, Map<String, String> form) {
        SignedIn in = codes.remove(form.getOrDefault("code", ""));
        if (in == null) {
            return Optional.empty();
        }
        Map<String, String> wanted = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "redirect_uri",
                in.query().getOrDefault("redirect_uri", ""),
                "client_id",
                CLIENT));
        if (secretInForm) {
            wanted.put("client_secret", SECRET);
        }
        String both = Question.encoded(CLIENT) + ":" + Question.encoded(SECRET);
        String header = secretInForm
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        String challenge = Signer.encode(
                Digest.SHA2_256.of(form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.UTF_8)));
        boolean proper = form.entrySet().containsAll(wanted.entrySet())
                && header.equals(authorization)
                && challenge.equals(in.query().get("code_challenge"));
        String token = signer.sign("{\"iss\":\"" + name + "\",\"aud\":\"" + CLIENT + "\",\"nonce\":\""
                + in.query().get("nonce") + "\"," + in.claims() + "}");
        return proper
                ? Optional.of("{\"access_token\":\"access\",\"token_type\":\"Bearer\",\"id_token\":\""
                        + (bentToken.isEmpty() ? token : bentToken) + "\"}")
                : Optional.empty();
    }
}
