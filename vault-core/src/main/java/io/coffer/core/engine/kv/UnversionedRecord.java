// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Durations;
import io.coffer.core.engine.Coercion;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// A value of version 1, as a client wrote it.
///
/// @param lease how many seconds its members `ttl` or `lease` say that it may be relied on, if they say so
/// @param data an object
record UnversionedRecord(OptionalLong lease, Json data) {
    private static final int FORM = 1;

    static UnversionedRecord of(Json.Obj data) {
        return new UnversionedRecord(leaseOf(data.has("ttl") ? data.get("ttl") : data.get("lease")), data);
    }

    static UnversionedRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        UnversionedRecord read = new UnversionedRecord(stored.optionalNumber("lease"), stored.raw("data"));
        stored.end();
        return read;
    }

    Plaintext write() {
        Json.Builder record = Json.object().put("v", FORM);
        lease.ifPresent(seconds -> record.put("lease", seconds));
        return new Plaintext(JsonText.write(record.put("data", data).build()));
    }

    private static OptionalLong leaseOf(Json written) {
        Optional<Duration> length = written instanceof Json.Bool
                ? Optional.empty()
                : Coercion.text(written).flatMap(Durations::parse).filter(found -> !found.isNegative());
        return length.isPresent() ? OptionalLong.of(length.get().toSeconds()) : OptionalLong.empty();
    }
}
