// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Cidr;
import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that is known of a secret id but its text.
///
/// @param metadata what a login with it says of itself
/// @param uses how many logins it is good for; 0 for any number
/// @param ttl how long it was to live when it was made; zero for ever
/// @param updated when it was made or used last
/// @param cidrs the addresses that it may be used from; empty for any
/// @param tokenCidrs the addresses that its tokens may be used from; empty for what the role says
record SecretId(
        String accessor,
        Map<String, String> metadata,
        long uses,
        Duration ttl,
        Instant created,
        Instant updated,
        List<Cidr> cidrs,
        List<Cidr> tokenCidrs) {
    private static final int FORM = 1;
    private static final String NEVER = "0001-01-01T00:00:00Z";

    SecretId {
        metadata = Map.copyOf(metadata);
        cidrs = List.copyOf(cidrs);
        tokenCidrs = List.copyOf(tokenCidrs);
        created = Instant.ofEpochMilli(created.toEpochMilli());
        updated = Instant.ofEpochMilli(updated.toEpochMilli());
    }

    Optional<Instant> expires() {
        return ttl.isZero() ? Optional.empty() : Optional.of(created.plus(ttl));
    }

    boolean isOver(Instant now) {
        return expires().filter(end -> !now.isBefore(end)).isPresent();
    }

    SecretId used(Instant now) {
        return new SecretId(accessor, metadata, uses - 1, ttl, created, now, cidrs, tokenCidrs);
    }

    Json describe() {
        return Json.object()
                .put("cidr_list", Role.texts(cidrs))
                .put("creation_time", Timestamps.format(created))
                .put("expiration_time", expires().map(Timestamps::format).orElse(NEVER))
                .put("last_updated_time", Timestamps.format(updated))
                .put("metadata", Json.ofTexts(metadata))
                .put("secret_id_accessor", accessor)
                .put("secret_id_num_uses", uses)
                .put("secret_id_ttl", ttl.toSeconds())
                .put("token_bound_cidrs", Role.texts(tokenCidrs))
                .build();
    }

    Plaintext record() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("accessor", accessor)
                .put("metadata", Json.ofTexts(metadata))
                .put("uses", uses)
                .put("ttl", ttl.toSeconds())
                .put("created", created.toEpochMilli())
                .put("updated", updated.toEpochMilli())
                .put("cidrs", Role.texts(cidrs))
                .put("token_cidrs", Role.texts(tokenCidrs))
                .build()));
    }

    static SecretId read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        SecretId read = new SecretId(
                stored.text("accessor"),
                stored.textMap("metadata"),
                stored.number("uses"),
                Duration.ofSeconds(stored.number("ttl")),
                Instant.ofEpochMilli(stored.number("created")),
                Instant.ofEpochMilli(stored.number("updated")),
                Role.cidrs(key, stored.texts("cidrs")),
                Role.cidrs(key, stored.texts("token_cidrs")));
        stored.end();
        return read;
    }
}
