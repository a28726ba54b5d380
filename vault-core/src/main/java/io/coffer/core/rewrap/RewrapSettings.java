// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.Optional;

/// How much of the machine a rewrap may take.
///
/// @param rate values a second at most; 0 for as fast as it goes, whatever that does to others
/// @param latency by how many percent it may raise the median time of an answer; it slows down above that
public record RewrapSettings(long rate, long latency) {
    public static final long MOST_LATENCY = 1_000;
    public static final RewrapSettings DEFAULT = new RewrapSettings(4_000, 10);

    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rewrap/settings");
    private static final int FORM = 1;

    public RewrapSettings {
        if (rate < 0 || latency < 1 || latency > MOST_LATENCY) {
            throw new IllegalArgumentException("a rate is not negative, and a latency is 1 to " + MOST_LATENCY);
        }
    }

    public static RewrapSettings read(Reader<Plaintext> reader) {
        return reader.get(KEY).map(RewrapSettings::read).orElse(DEFAULT);
    }

    /// The default too where the record does not open: that is slow enough for everybody.
    public static RewrapSettings orDefault(Reader<Plaintext> reader) {
        try {
            return read(reader);
        } catch (CorruptedException bent) {
            return DEFAULT;
        }
    }

    /// Why the record does not open; empty if it does, or there is none.
    public static Optional<String> damage(Reader<Plaintext> reader) {
        return CorruptedException.reason(() -> read(reader));
    }

    public void write(Writer<Plaintext> writer) {
        writer.put(
                KEY,
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("rate", rate)
                        .put("latency", latency)
                        .build())));
    }

    private static RewrapSettings read(Plaintext value) {
        StoredRecord stored = StoredRecord.open(KEY, value, FORM);
        RewrapSettings read = new RewrapSettings(stored.number("rate"), stored.number("latency"));
        stored.end();
        return read;
    }
}
