// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.Optional;

/// A rotation that has begun and not ended.
///
/// @param started the install time of every term that it adds, by which it knows what it has done
/// @param after the last scope of the last step; empty if none was done
/// @param done how many scopes it has rotated, at least
/// @param full the first scope that it passed over, since its keyring holds no further term
record RotationRecord(Instant started, String after, int done, Optional<Scope> full) {
    static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rotation");

    private static final int FORM = 1;

    /// The one that is under way, if there is one. One whose record does not open is none: it is begun anew, and scopes
    /// that it had rotated get one term more.
    static Optional<RotationRecord> find(BarrierReader reader) {
        try {
            return stored(reader);
        } catch (CorruptedException bent) {
            return Optional.empty();
        }
    }

    /// Why the record does not open; empty if it does, or there is none.
    static Optional<String> damage(BarrierReader reader) {
        return CorruptedException.reason(() -> stored(reader));
    }

    private static Optional<RotationRecord> stored(BarrierReader reader) {
        return reader.get(KEY).map(value -> read(KEY, value));
    }

    /// Whether it has not ended, however far it is now.
    boolean isUnderWay(BarrierReader reader) {
        return find(reader).filter(now -> now.started.equals(started)).isPresent();
    }

    /// Whether the scope has its term of this rotation, or is gone, or its keyring does not open, so that nothing is
    /// written there under whatever term.
    boolean isDone(BarrierReader reader, Scope scope) {
        try {
            return reader.primary(scope)
                    .filter(primary -> !primary.installed().equals(started))
                    .isEmpty();
        } catch (CorruptedException bent) {
            return true;
        }
    }

    static RotationRecord read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Instant started = Timestamps.parse(stored.text("started"))
                .orElseThrow(() -> new CorruptedException("record " + key + " has no proper member started"));
        RotationRecord read = new RotationRecord(
                started,
                stored.text("after"),
                Math.toIntExact(stored.number("done")),
                stored.optionalText("full").map(name -> scope(key, name)));
        stored.end();
        return read;
    }

    private static Scope scope(StorageKey key, String name) {
        try {
            return new Scope(name);
        } catch (IllegalArgumentException none) {
            throw new CorruptedException("record " + key + " has no proper member full", none);
        }
    }

    Plaintext write() {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("started", Timestamps.format(started))
                .put("after", after)
                .put("done", done);
        full.ifPresent(scope -> record.put("full", scope.name()));
        return new Plaintext(JsonText.write(record.build()));
    }
}
