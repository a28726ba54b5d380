// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;

/// A rotation that has begun and not ended.
///
/// @param started the install time of every term that it adds, by which it knows what it has done
/// @param after the last scope of the last step; empty if none was done
/// @param done how many scopes it has rotated, at least
record RotationRecord(Instant started, String after, int done) {
    static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rotation");

    private static final int FORM = 1;

    static RotationRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Instant started = Timestamps.parse(stored.text("started"))
                .orElseThrow(() -> new CorruptedException("record " + key + " has no proper member started"));
        RotationRecord read = new RotationRecord(started, stored.text("after"), Math.toIntExact(stored.number("done")));
        stored.end();
        return read;
    }

    Plaintext write() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("started", Timestamps.format(started))
                .put("after", after)
                .put("done", done)
                .build()));
    }
}
