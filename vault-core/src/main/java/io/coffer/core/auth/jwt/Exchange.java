// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.engine.Outbound;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What becomes of a code that somebody brought back from the issuer: the issuer gives a token for it, which says who
/// he is. That token counts by its signature, as any, also where the connection to the issuer is safe.
record Exchange(KeySource source, Outbound outbound, Instant now) {
    private static final String FAILED = "Vault login failed. ";
    private static final String UNVERIFIED = "Token verification failed. ";

    /// Who he is, or why nobody knows.
    sealed interface Result {
        /// @param keys what was found about the token's signature, and is to be kept
        record Good(Claims claims, KeySource.Verdict keys) implements Result {}

        record Bad(String error) implements Result {}
    }

    Result run(Provider provider, Journey journey, String code, Slow slow) {
        JwtConfig config = source.config();
        Map<String, String> form = new TreeMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                journey.redirect(),
                "client_id",
                config.client().id(),
                "code_verifier",
                journey.verifier()));
        if (provider.secretInForm() && !config.client().secret().isEmpty()) {
            form.put("client_secret", config.client().secret());
        }
        Outbound.Question question = new Outbound.Question(
                provider.token(), config.trusted(), authorization(provider, config.client()), Optional.of(form));
        return switch (outbound.ask(question, slow)) {
            case Outbound.Outcome.Failed(String why) ->
                new Result.Bad(FAILED + "Error exchanging oidc code: \"" + why + "\".");
            case Outbound.Outcome.Answered(byte[] body) -> given(object(body), provider, journey, slow);
        };
    }

    private static String authorization(Provider provider, JwtConfig.Client client) {
        if (provider.secretInForm() || client.secret().isEmpty()) {
            return "";
        }
        String both = Outbound.Question.encoded(client.id()) + ":" + Outbound.Question.encoded(client.secret());
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }

    private Result given(Json.Obj answer, Provider provider, Journey journey, Slow slow) {
        Optional<Jwt> token = Jwt.parse(Jwt.text(answer, "id_token"));
        if (token.isEmpty()) {
            return new Result.Bad(UNVERIFIED + "No id_token found in response.");
        }
        KeySource.Verdict verdict = source.verify(token.get(), outbound, now, slow);
        if (!verdict.refusal().isEmpty()) {
            return new Result.Bad(UNVERIFIED + verdict.refusal());
        }
        Claims claims = new Claims(token.get().claims());
        if (!claims.text("nonce").equals(Optional.of(journey.nonce()))) {
            return new Result.Bad(FAILED + "invalid ID token nonce.");
        }
        return new Result.Good(more(claims, provider, Jwt.text(answer, "access_token"), slow), verdict);
    }

    /// With what the issuer says elsewhere about the same one, where the token itself says nothing of it.
    /// That nothing is said there refuses nobody: what the role wants is looked for afterwards.
    private Claims more(Claims claims, Provider provider, String access, Slow slow) {
        if (provider.userInfo().isEmpty() || access.isEmpty()) {
            return claims;
        }
        Outbound.Question question = new Outbound.Question(
                provider.userInfo(), source.config().trusted(), "Bearer " + access, Optional.empty());
        return switch (outbound.ask(question, slow)) {
            case Outbound.Outcome.Failed gone -> claims;
            case Outbound.Outcome.Answered(byte[] body) -> {
                Json.Obj told = object(body);
                Map<String, Json> all = new LinkedHashMap<>(told.members());
                all.putAll(claims.all().members());
                boolean same =
                        told.has("sub") && told.get("sub").equals(claims.all().get("sub"));
                yield same ? new Claims(new Json.Obj(all)) : claims;
            }
        };
    }

    private static Json.Obj object(byte[] body) {
        try {
            return JsonText.DEFAULT.parseObject(body);
        } catch (JsonException malformed) {
            return Json.EMPTY;
        }
    }
}
