// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;

/// How a rewrap is written down.
final class RewrapRecord {
    static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "rewrap/run");

    private static final int FORM = 1;

    private RewrapRecord() {}

    static Rewrap read(Plaintext value) {
        StoredRecord stored = StoredRecord.open(KEY, value, FORM);
        Rewrap read = new Rewrap(
                stored.number("number"),
                time(stored.text("started")),
                stored.texts("scopes").stream().map(Scope::new).toList(),
                stored.optionalNumber("rate"),
                new Rewrap.Place(
                        Math.toIntExact(stored.number("pass")),
                        stored.flag("counting"),
                        stored.text("scope"),
                        stored.text("after")),
                new Rewrap.Counts(
                        stored.number("found"),
                        stored.number("moved"),
                        stored.number("bytes"),
                        stored.number("pass_moved"),
                        stored.number("skipped"),
                        stored.texts("names")),
                stored.optionalText("ended").map(RewrapRecord::time),
                stored.flag("cancelled"));
        stored.end();
        return read;
    }

    static Plaintext write(Rewrap rewrap) {
        Rewrap.Place place = rewrap.place();
        Rewrap.Counts counts = rewrap.counts();
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("number", rewrap.number())
                .put("started", Timestamps.format(rewrap.started()))
                .put("scopes", Json.of(rewrap.scopes().stream().map(Scope::name).toList()))
                .put("pass", place.pass())
                .put("counting", place.counting())
                .put("scope", place.scope())
                .put("after", place.after())
                .put("found", counts.found())
                .put("moved", counts.moved())
                .put("bytes", counts.bytes())
                .put("pass_moved", counts.passMoved())
                .put("skipped", counts.skipped())
                .put("names", Json.of(counts.names()))
                .put("cancelled", rewrap.cancelled());
        rewrap.rate().ifPresent(rate -> record.put("rate", rate));
        rewrap.ended().ifPresent(ended -> record.put("ended", Timestamps.format(ended)));
        return new Plaintext(JsonText.write(record.build()));
    }

    private static Instant time(String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> new CorruptedException("record " + KEY + " has a time that is none"));
    }
}
