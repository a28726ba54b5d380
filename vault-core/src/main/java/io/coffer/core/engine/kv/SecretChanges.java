// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;

/// Changes a mount's secrets of version 2.
///
/// @param mount what is set for the whole mount
record SecretChanges(Writer<Plaintext> writer, Layout layout, Settings mount) {
    static SecretChanges of(Writer<Plaintext> writer, Layout layout) {
        return new SecretChanges(writer, layout, new SecretStore(writer, layout).settings());
    }

    SecretStore store() {
        return new SecretStore(writer, layout);
    }

    /// Writes the next version of a secret and drops those that are too many.
    KeyMetadata add(String path, KeyMetadata metadata, Json data, Instant now) {
        String deletion = metadata.settings().deletion(mount, now);
        Footprint taken = writer.create(layout.version(path, metadata.current() + 1), new VersionRecord(data).write());
        KeyMetadata added = metadata.adding(
                new VersionState(Timestamps.format(now), deletion, false),
                taken,
                metadata.settings().kept(mount));
        for (long pruned = metadata.first(); pruned < added.first(); pruned++) {
            destroy(path, metadata, pruned);
        }
        save(path, added);
        return added;
    }

    void save(String path, KeyMetadata metadata) {
        writer.put(layout.metadata(path), metadata.write());
    }

    void save(Settings settings) {
        writer.put(layout.config(), settings.write());
    }

    /// Removes the value of a version for good, if it is there.
    void destroy(String path, KeyMetadata metadata, long number) {
        if (metadata.version(number).filter(state -> !state.destroyed()).isEmpty()) {
            return;
        }
        StorageKey key = layout.version(path, number);
        metadata.footprint(number).ifPresentOrElse(known -> writer.delete(key, known), () -> writer.delete(key));
    }

    /// Removes a secret with all that is known of it.
    void erase(String path, KeyMetadata metadata) {
        for (long number = metadata.first(); number <= metadata.current(); number++) {
            destroy(path, metadata, number);
        }
        writer.delete(layout.metadata(path));
    }
}
