// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.crypto.PublicKeys;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The keys of a configuration, as they are or as they were fetched last.
///
/// What was fetched is kept in the mount: it is fetched again after {@link #FRESH}, or for a token that no
/// key of it has signed, but then at most every {@link #AT_MOST}, however many such tokens come.
record KeySource(JwtConfig config, Optional<Kept> kept) {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final int FORM = 1;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /// A key set that was fetched.
    ///
    /// @param text of the set
    record Kept(Instant fetched, String text) {
        List<WebKey> keys() {
            return WebKey.parseSet(text.getBytes(StandardCharsets.UTF_8)).orElse(List.of());
        }

        void save(Writer<Plaintext> writer, Folder mount) {
            writer.put(
                    key(mount),
                    new Plaintext(JsonText.write(Json.object()
                            .put("v", FORM)
                            .put("fetched", fetched.toEpochMilli())
                            .put("set", text)
                            .build())));
        }
    }

    /// A key set, or why there is none.
    sealed interface Fetched {
        record Good(Kept kept) implements Fetched {}

        record Bad(String error) implements Fetched {}
    }

    static KeySource of(Reader<Plaintext> reader, Folder mount, JwtConfig config) {
        return new KeySource(config, reader.get(key(mount)).map(value -> read(key(mount), value)));
    }

    /// Another configuration has other keys.
    static void forget(Writer<Plaintext> writer, Folder mount) {
        writer.delete(key(mount));
    }

    /// The keys that there are without asking anybody; empty if they are to be fetched.
    Optional<List<WebKey>> known(Instant now) {
        return config.fetches()
                ? kept.filter(set -> now.isBefore(set.fetched().plus(FRESH))).map(Kept::keys)
                : Optional.of(config.keys().stream()
                        .flatMap(pem -> PublicKeys.fromPem(pem).stream())
                        .map(WebKey::plain)
                        .toList());
    }

    /// Whether it is worth while to look for newer keys.
    boolean mayAskAgain(Instant now) {
        return config.fetches()
                && kept.filter(set -> now.isBefore(set.fetched().plus(AT_MOST))).isEmpty();
    }

    Fetched fetch(Outbound outbound, Instant now, Slow slow) {
        String url = config.setUrl();
        if (url.isEmpty()) {
            String issuer = config.discoveryUrl();
            String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
            switch (outbound.get(base + DISCOVERY, config.trusted(), slow)) {
                case Outbound.Outcome.Failed(String why) -> {
                    return new Fetched.Bad("error checking oidc discovery URL: " + why);
                }
                case Outbound.Outcome.Answered(byte[] body) -> url = setUrl(body, issuer);
            }
        }
        return url.isEmpty()
                ? new Fetched.Bad("error checking oidc discovery URL: it names another issuer, or no key set")
                : fetch(outbound, url, now, slow);
    }

    private Fetched fetch(Outbound outbound, String url, Instant now, Slow slow) {
        return switch (outbound.get(url, config.trusted(), slow)) {
            case Outbound.Outcome.Failed(String why) -> new Fetched.Bad("error checking jwks URL: " + why);
            case Outbound.Outcome.Answered(byte[] body) ->
                WebKey.parseSet(body).isPresent()
                        ? new Fetched.Good(new Kept(now, new String(body, StandardCharsets.UTF_8)))
                        : new Fetched.Bad("error checking jwks URL: no key set lies there");
        };
    }

    /// Where an issuer says that its keys lie; nothing if it is another issuer.
    private static String setUrl(byte[] discovery, String issuer) {
        try {
            Json.Obj told = JsonText.DEFAULT.parseObject(discovery);
            String url = Jwt.text(told, "jwks_uri");
            return Jwt.text(told, "issuer").equals(issuer) && url.startsWith("http") ? url : "";
        } catch (JsonException malformed) {
            return "";
        }
    }

    private static StorageKey key(Folder mount) {
        return mount.key("key-set");
    }

    private static Kept read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Kept kept = new Kept(Instant.ofEpochMilli(stored.number("fetched")), stored.text("set"));
        stored.end();
        return kept;
    }
}
