// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.Cidr;
import io.coffer.core.CorruptedException;
import io.coffer.core.Ttl;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A token as it is stored, and as it is sealed into a batch token: form 1. Lengths are in seconds, moments in
/// milliseconds since 1970; what a token does not have is not there.
final class TokenRecord {
    private static final int FORM = 1;

    private TokenRecord() {}

    static Plaintext write(Token token) {
        Provenance from = token.provenance();
        Lifetime life = token.life();
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("type", token.type().wireName())
                .put("accessor", token.accessor())
                .put("policies", Json.of(token.policies()))
                .put("path", from.path())
                .put("display_name", from.displayName())
                .put("parent", Layout.name(token.parent()))
                .put("uses", token.uses())
                .put("created", life.created().toEpochMilli())
                .put("creation_ttl", life.creationTtl().toSeconds())
                .put("ttl", life.terms().ttl().toSeconds())
                .put("max_ttl", life.terms().max().toSeconds())
                .put("explicit_max_ttl", life.terms().explicitMax().toSeconds())
                .put("period", life.terms().period().toSeconds())
                .put("renewable", life.renewable())
                .put("bound", Json.of(token.bound().stream().map(Cidr::text).toList()))
                .put("login", Json.ofTexts(from.login()));
        life.renewed().ifPresent(moment -> record.put("renewed", moment.toEpochMilli()));
        life.expires().ifPresent(moment -> record.put("expires", moment.toEpochMilli()));
        from.metadata().ifPresent(metadata -> record.put("metadata", Json.ofTexts(metadata)));
        if (!from.role().isEmpty()) {
            record.put("role", from.role());
        }
        if (!from.entityId().isEmpty()) {
            record.put("entity", from.entityId());
        }
        return new Plaintext(JsonText.write(record.build()));
    }

    static Token read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Token token = new Token(
                stored.text("accessor"),
                stored.text("type").equals("batch") ? Token.Type.BATCH : Token.Type.SERVICE,
                stored.texts("policies"),
                new Provenance(
                        stored.text("path"),
                        stored.text("display_name"),
                        stored.optionalText("role").orElse(""),
                        stored.optionalTextMap("metadata"),
                        stored.optionalText("entity").orElse(""),
                        stored.textMap("login")),
                Layout.parent(stored.text("parent")),
                life(stored),
                stored.number("uses"),
                stored.texts("bound").stream()
                        .map(text -> Cidr.parse(text).orElseThrow(() -> bent(key)))
                        .toList());
        stored.end();
        return token;
    }

    private static Lifetime life(StoredRecord stored) {
        return new Lifetime(
                Instant.ofEpochMilli(stored.number("created")),
                Duration.ofSeconds(stored.number("creation_ttl")),
                new Ttl.Terms(
                        Duration.ofSeconds(stored.number("ttl")),
                        Duration.ofSeconds(stored.number("max_ttl")),
                        Duration.ofSeconds(stored.number("explicit_max_ttl")),
                        Duration.ofSeconds(stored.number("period"))),
                stored.flag("renewable"),
                moment(stored.optionalNumber("renewed")),
                moment(stored.optionalNumber("expires")));
    }

    private static Optional<Instant> moment(OptionalLong milliseconds) {
        return milliseconds.isPresent()
                ? Optional.of(Instant.ofEpochMilli(milliseconds.getAsLong()))
                : Optional.empty();
    }

    private static CorruptedException bent(StorageKey key) {
        return new CorruptedException("record " + key + " binds to something that is no address");
    }
}
