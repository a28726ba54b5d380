// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Outbound;
import io.coffer.core.request.Json;
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
    private static final String UNKNOWN = "no known key has signed it";

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
    private Optional<List<WebKey>> known(Instant now) {
        return config.fetches()
                ? kept.filter(set -> now.isBefore(set.fetched().plus(FRESH))).map(Kept::keys)
                : Optional.of(config.keys().stream()
                        .flatMap(pem -> PublicKeys.fromPem(pem).stream())
                        .map(WebKey::plain)
                        .toList());
    }

    /// Whether it is worth while to look for newer keys.
    private boolean mayAskAgain(Instant now) {
        return config.fetches()
                && kept.filter(set -> now.isBefore(set.fetched().plus(AT_MOST))).isEmpty();
    }

    /// Whether one of the keys has signed a token.
    ///
    /// @param refusal why not; empty if one has
    /// @param fetched what was fetched to find that out; to be kept whatever was found
    record Verdict(String refusal, Optional<Kept> fetched) {
        /// Keeps what was fetched, unless the configuration is another one by now.
        void keep(Call call, Writer<Plaintext> writer, JwtConfig config) {
            fetched.filter(kept -> Examination.isSame(call, writer, config))
                    .ifPresent(kept -> kept.save(writer, call.mount().folder()));
        }
    }

    /// Looks with the keys that there are, and where none of them has signed it, and it is worth while, with newer
    /// ones.
    Verdict verify(Jwt token, Outbound outbound, Instant now, Slow slow) {
        Optional<List<WebKey>> known = known(now);
        if (known.isPresent() && token.isSignedBy(known.get(), config.allowed())) {
            return new Verdict("", Optional.empty());
        }
        if (known.isPresent() && !mayAskAgain(now)) {
            return new Verdict(UNKNOWN, Optional.empty());
        }
        return switch (fetch(outbound, now, slow)) {
            case Fetched.Bad(String error) -> new Verdict(error, Optional.empty());
            case Fetched.Good(Kept newer) ->
                new Verdict(token.isSignedBy(newer.keys(), config.allowed()) ? "" : UNKNOWN, Optional.of(newer));
        };
    }

    Fetched fetch(Outbound outbound, Instant now, Slow slow) {
        if (!config.setUrl().isEmpty()) {
            return fetch(outbound, config.setUrl(), now, slow);
        }
        return switch (Provider.ask(config, outbound, now, slow)) {
            case Provider.Asked.Bad(String error) -> new Fetched.Bad(error);
            case Provider.Asked.Good(Provider provider) -> fetch(outbound, provider.keySet(), now, slow);
        };
    }

    private Fetched fetch(Outbound outbound, String url, Instant now, Slow slow) {
        return switch (outbound.ask(Outbound.Question.of(url, config.trusted()), slow)) {
            case Outbound.Outcome.Failed(String why) -> new Fetched.Bad("error checking jwks URL: " + why);
            case Outbound.Outcome.Answered(byte[] body) ->
                WebKey.parseSet(body).isPresent()
                        ? new Fetched.Good(new Kept(now, new String(body, StandardCharsets.UTF_8)))
                        : new Fetched.Bad("error checking jwks URL: no key set lies there");
        };
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
