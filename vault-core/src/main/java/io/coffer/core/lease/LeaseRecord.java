// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

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

/// A lease as it is stored: form 1. Lengths are in seconds, moments in milliseconds since 1970.
final class LeaseRecord {
    private static final int FORM = 1;

    private LeaseRecord() {}

    static Plaintext write(Lease lease) {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("id", lease.id())
                .put("token", lease.tokenId())
                .put("mount", lease.mount())
                .put("issued", lease.issued().toEpochMilli())
                .put("expires", lease.expires().toEpochMilli())
                .put("ttl", lease.terms().ttl().toSeconds())
                .put("max_ttl", lease.terms().max().toSeconds())
                .put("renewable", lease.renewable())
                .put("facts", Json.ofTexts(lease.facts()))
                .put("failures", lease.failure().times())
                .put("error", lease.failure().error());
        lease.renewed().ifPresent(moment -> record.put("renewed", moment.toEpochMilli()));
        return new Plaintext(JsonText.write(record.build()));
    }

    static Lease read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        OptionalLong renewed = stored.optionalNumber("renewed");
        Lease lease = new Lease(
                stored.text("id"),
                stored.text("token"),
                stored.text("mount"),
                Instant.ofEpochMilli(stored.number("issued")),
                Instant.ofEpochMilli(stored.number("expires")),
                renewed.isPresent() ? Optional.of(Instant.ofEpochMilli(renewed.getAsLong())) : Optional.empty(),
                new Ttl.Terms(
                        Duration.ofSeconds(stored.number("ttl")),
                        Duration.ofSeconds(stored.number("max_ttl")),
                        Duration.ZERO,
                        Duration.ZERO),
                stored.flag("renewable"),
                stored.textMap("facts"),
                new Lease.Failure((int) stored.number("failures"), stored.text("error")));
        stored.end();
        return lease;
    }

    /// The value of a name in an index: the lease that it stands for.
    static Plaintext pointer(String id) {
        return new Plaintext(
                JsonText.write(Json.object().put("v", FORM).put("id", id).build()));
    }

    static String pointed(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        String id = stored.text("id");
        stored.end();
        return id;
    }
}
