// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import java.util.Optional;
import java.util.function.BiFunction;

/// A mount's secrets of version 2 as one snapshot shows them.
record SecretStore(Reader<Plaintext> reader, Layout layout) {
    /// Whether values of version 1 are still being moved.
    boolean upgrading() {
        return reader.get(layout.upgrade()).isPresent();
    }

    Optional<KeyMetadata> metadata(String path) {
        return find(layout.metadata(path), KeyMetadata::read);
    }

    /// The settings of the mount.
    Settings settings() {
        return find(layout.config(), Settings::read).orElse(Settings.NONE);
    }

    /// The value of a version that is not destroyed, to be passed on.
    Json value(String path, long number) {
        return require(layout.version(path, number), VersionRecord::read).data();
    }

    /// The value of a version that is not destroyed, to be looked into.
    Json.Obj tree(String path, long number) {
        return require(layout.version(path, number), VersionRecord::readTree);
    }

    private <T> Optional<T> find(StorageKey key, BiFunction<StorageKey, Plaintext, T> read) {
        return reader.get(key).map(value -> read.apply(key, value));
    }

    private <T> T require(StorageKey key, BiFunction<StorageKey, Plaintext, T> read) {
        return find(key, read).orElseThrow(() -> new CorruptedException("record " + key + " is not there"));
    }
}
