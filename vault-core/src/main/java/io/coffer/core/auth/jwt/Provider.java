// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.engine.Outbound;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an issuer says of itself: where people sign in, where codes become tokens, where its keys lie. It is kept in
/// the mount and asked for again when it is older than {@link KeySource#FRESH}.
///
/// @param userInfo where more is said about somebody; empty for nowhere
/// @param secretInForm whether it takes our secret in a form alone, and not in a header
record Provider(
        Instant fetched, String authorization, String token, String userInfo, String keySet, boolean secretInForm) {
    private static final int FORM = 1;
    private static final String PATH = "/.well-known/openid-configuration";
    private static final String FAILED = "error checking oidc discovery URL: ";

    /// An issuer, or why there is none.
    sealed interface Asked {
        record Good(Provider provider) implements Asked {}

        record Bad(String error) implements Asked {}
    }

    static Asked ask(JwtConfig config, Outbound outbound, Instant now, Slow slow) {
        String issuer = config.discoveryUrl();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return switch (outbound.ask(Outbound.Question.of(base + PATH, config.trusted()), slow)) {
            case Outbound.Outcome.Failed(String why) -> new Asked.Bad(FAILED + why);
            case Outbound.Outcome.Answered(byte[] body) ->
                parse(body, issuer, now)
                        .<Asked>map(Asked.Good::new)
                        .orElseGet(() -> new Asked.Bad(FAILED + "it names another issuer, or no key set"));
        };
    }

    /// The one of a configuration, if it is known and was asked not long ago.
    static Optional<Provider> known(Reader<Plaintext> reader, Folder mount, Instant now) {
        return reader.get(key(mount))
                .map(value -> read(key(mount), value))
                .filter(kept -> now.isBefore(kept.fetched().plus(KeySource.FRESH)));
    }

    /// Another configuration has another issuer.
    static void forget(Writer<Plaintext> writer, Folder mount) {
        writer.delete(key(mount));
    }

    void save(Writer<Plaintext> writer, Folder mount) {
        writer.put(
                key(mount),
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("fetched", fetched.toEpochMilli())
                        .put("authorization", authorization)
                        .put("token", token)
                        .put("user_info", userInfo)
                        .put("key_set", keySet)
                        .put("secret_in_form", secretInForm)
                        .build())));
    }

    /// Whether people can sign in there.
    boolean signsIn() {
        return !authorization.isEmpty() && !token.isEmpty();
    }

    /// Nothing if it is another issuer, or names what cannot be asked.
    private static Optional<Provider> parse(byte[] discovery, String issuer, Instant now) {
        try {
            Json.Obj told = JsonText.DEFAULT.parseObject(discovery);
            Provider provider = new Provider(
                    now,
                    Jwt.text(told, "authorization_endpoint"),
                    Jwt.text(told, "token_endpoint"),
                    Jwt.text(told, "userinfo_endpoint"),
                    Jwt.text(told, "jwks_uri"),
                    new Claims(told)
                            .texts("token_endpoint_auth_methods_supported")
                            .filter(methods -> methods.contains("client_secret_post"))
                            .filter(methods -> !methods.contains("client_secret_basic"))
                            .isPresent());
            boolean proper = List.of(provider.authorization, provider.token, provider.userInfo).stream()
                            .allMatch(url -> url.isEmpty() || JwtConfig.isUrl(url))
                    && JwtConfig.isUrl(provider.keySet);
            return Jwt.text(told, "issuer").equals(issuer) && proper ? Optional.of(provider) : Optional.empty();
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    private static StorageKey key(Folder mount) {
        return mount.key("provider");
    }

    private static Provider read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Provider provider = new Provider(
                Instant.ofEpochMilli(stored.number("fetched")),
                stored.text("authorization"),
                stored.text("token"),
                stored.text("user_info"),
                stored.text("key_set"),
                stored.flag("secret_in_form"));
        stored.end();
        return provider;
    }
}
