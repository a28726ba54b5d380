// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Timestamps;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.Optional;

/// What can be set for a whole mount and for one secret in it.
///
/// @param maxVersions how many versions to keep; 0 where nothing is set
/// @param deleteVersionAfter after how many seconds a version is deleted; 0 where nothing is set, negative
///     (only for a mount) to delete none by itself, whatever its secret says
record Settings(long maxVersions, boolean casRequired, boolean metadataCasRequired, long deleteVersionAfter) {
    static final Settings NONE = new Settings(0, false, false, 0);

    /// The versions kept where nothing is set.
    static final long KEPT = 10;

    /// The most versions that may be kept: every write writes the metadata of all of them.
    static final long MOST_KEPT = 10_000;

    static final Field MAX_VERSIONS =
            Field.number("max_versions", "How many versions to keep; 0 for the default of " + KEPT + ".");
    static final Field CAS_REQUIRED = Field.flag("cas_required", "Whether every write must say options.cas.");
    static final Field METADATA_CAS_REQUIRED =
            Field.flag("metadata_cas_required", "Whether every write of metadata must say metadata_cas.");

    private static final int FORM = 1;
    private static final long DISABLED = -1;

    /// Reads the members of a record that has others too.
    static Settings take(StoredRecord stored) {
        return new Settings(
                stored.number("max_versions"),
                stored.flag("cas_required"),
                stored.flag("metadata_cas_required"),
                stored.number("delete_version_after"));
    }

    static Settings read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Settings read = take(stored);
        stored.end();
        return read;
    }

    Plaintext write() {
        return new Plaintext(JsonText.write(put(Json.object().put("v", FORM)).build()));
    }

    Json.Builder put(Json.Builder record) {
        return record.put("max_versions", maxVersions)
                .put("cas_required", casRequired)
                .put("metadata_cas_required", metadataCasRequired)
                .put("delete_version_after", deleteVersionAfter);
    }

    /// Why these fields cannot be set; empty if they can.
    static Optional<String> refusal(Values values) {
        long versions = values.number("max_versions").orElse(0);
        return versions < 0 || versions > MOST_KEPT
                ? Optional.of("max_versions must be 0 to " + MOST_KEPT)
                : Optional.empty();
    }

    /// Whether a request says anything about them.
    static boolean given(Values values) {
        return values.has("max_versions")
                || values.has("cas_required")
                || values.has("metadata_cas_required")
                || values.has("delete_version_after");
    }

    /// With what the request says; what it does not say stays.
    Settings with(Values values) {
        return new Settings(
                values.number("max_versions").orElse(maxVersions),
                values.flag("cas_required").orElse(casRequired),
                values.flag("metadata_cas_required").orElse(metadataCasRequired),
                Math.max(DISABLED, values.number("delete_version_after").orElse(deleteVersionAfter)));
    }

    /// How many versions to keep of a secret with these settings in a mount with those.
    long kept(Settings mount) {
        long most = Math.max(maxVersions, mount.maxVersions);
        return most > 0 ? most : KEPT;
    }

    /// When a version of a secret with these settings, written or restored now, is deleted by itself; empty
    /// text if it is not.
    String deletion(Settings mount, Instant now) {
        if (mount.deleteVersionAfter < 0 || mount.deleteVersionAfter == 0 && deleteVersionAfter == 0) {
            return "";
        }
        long seconds = mount.deleteVersionAfter == 0
                ? deleteVersionAfter
                : deleteVersionAfter == 0
                        ? mount.deleteVersionAfter
                        : Math.min(deleteVersionAfter, mount.deleteVersionAfter);
        return Timestamps.format(now.plusSeconds(seconds));
    }
}
