// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.CorruptedException;
import io.coffer.core.Timestamps;
import io.coffer.core.hcl.HclException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.Optional;

/// A policy as it is stored: its text, byte for byte as it was given, and what was asked for beside it.
public final class StoredPolicy {
    private static final int FORM = 1;

    private final String text;
    private final Policy policy;
    private final Extras extras;

    /// What a policy may have beside its text.
    ///
    /// @param version counts the writes, from 1
    /// @param casRequired whether a write must name the version that it replaces
    /// @param expiration when all of it stops to count
    /// @param wildcards whether values of templates may hold `*` and `+`
    /// @param slashes whether values of templates may hold '/'
    /// @param shown whether somebody ever asked for one of these, so that answers tell them
    public record Extras(
            long version,
            boolean casRequired,
            Instant modified,
            Optional<Instant> expiration,
            boolean wildcards,
            boolean slashes,
            boolean shown) {}

    private StoredPolicy(String text, Policy policy, Extras extras) {
        this.text = text;
        this.policy = policy;
        this.extras = extras;
    }

    /// @throws HclException if the text is no policy
    public static StoredPolicy of(String text, Extras extras) {
        return new StoredPolicy(text, PolicyParser.parse(text), extras);
    }

    /// @throws HclException if the text is no policy
    public static void check(String text) {
        PolicyParser.parse(text);
    }

    public String text() {
        return text;
    }

    public Extras extras() {
        return extras;
    }

    Policy policy() {
        return policy;
    }

    Template.Leave leave() {
        return new Template.Leave(extras.wildcards(), extras.slashes());
    }

    Plaintext record() {
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("text", text)
                .put("version", extras.version())
                .put("cas_required", extras.casRequired())
                .put("modified", Timestamps.format(extras.modified()))
                .put("wildcards", extras.wildcards())
                .put("slashes", extras.slashes())
                .put("shown", extras.shown());
        extras.expiration().ifPresent(end -> record.put("expiration", Timestamps.format(end)));
        return new Plaintext(JsonText.write(record.build()));
    }

    static StoredPolicy read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        String text = stored.text("text");
        Extras extras = new Extras(
                stored.number("version"),
                stored.flag("cas_required"),
                moment(key, stored.text("modified")),
                stored.optionalText("expiration").map(end -> moment(key, end)),
                stored.flag("wildcards"),
                stored.flag("slashes"),
                stored.flag("shown"));
        stored.end();
        try {
            return of(text, extras);
        } catch (HclException unreadable) {
            throw new CorruptedException("record " + key + " is no policy: " + unreadable.position());
        }
    }

    private static Instant moment(StorageKey key, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> new CorruptedException("record " + key + " has no moment where one must be"));
    }
}
