// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.CorruptedException;
import io.coffer.core.Durations;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Duration;
import java.util.Optional;

/// When a scope gets a new term by itself. One record for all scopes, and one for each that has its own.
///
/// @param enabled whether it does at all
/// @param interval how long a term encrypts, the cryptoperiod; zero for as long as nobody rotates
/// @param maxOperations how many values a term encrypts
/// @param maxBytes how many bytes a term encrypts; 0 for any
/// @param autoRewrap whether values under older terms are moved after a rotation
public record RotationConfig(
        boolean enabled, Duration interval, long maxOperations, long maxBytes, boolean autoRewrap) {
    public static final long LEAST_OPERATIONS = 1_000_000;
    public static final long MOST_OPERATIONS = 3_865_470_566L;
    public static final Duration SHORTEST = Duration.ofHours(24);
    public static final RotationConfig NORMAL = new RotationConfig(true, Duration.ZERO, MOST_OPERATIONS, 0, false);

    private static final StorageKey GENERAL = new StorageKey(Scope.SYSTEM, "rotation/config");
    private static final Folder SCOPES = Folder.of(Scope.SYSTEM).folder("rotation/scopes");
    private static final int FORM = 1;

    /// Cryptoperiods after NIST SP 800-57 part 1 (revision 5), section 5.3.6: how long a key is used to encrypt.
    public enum Preset {
        /// Large volumes over a short time: on the order of a day or a week.
        NIST_HIGH_VOLUME("nist-high-volume", Duration.ofDays(7)),
        /// As of a master key: about a year.
        NIST_YEARLY("nist-yearly", Duration.ofDays(365)),
        /// Smaller volumes of data, and keys that wrap others: up to two years.
        NIST_LONGEST("nist-longest", Duration.ofDays(2 * 365));

        private final String wireName;
        private final Duration interval;

        Preset(String wireName, Duration interval) {
            this.wireName = wireName;
            this.interval = interval;
        }

        public String wireName() {
            return wireName;
        }

        public Duration interval() {
            return interval;
        }

        public static Optional<Preset> named(String name) {
            for (Preset preset : values()) {
                if (preset.wireName.equals(name)) {
                    return Optional.of(preset);
                }
            }
            return Optional.empty();
        }
    }

    /// What holds for a scope.
    public static RotationConfig of(Reader<Plaintext> reader, Scope scope) {
        return own(reader, scope).orElseGet(() -> general(reader));
    }

    /// What holds for scopes without their own.
    public static RotationConfig general(Reader<Plaintext> reader) {
        return reader.get(GENERAL).map(value -> read(GENERAL, value)).orElse(NORMAL);
    }

    /// What a scope has of its own.
    public static Optional<RotationConfig> own(Reader<Plaintext> reader, Scope scope) {
        StorageKey key = SCOPES.key(scope.name());
        return reader.get(key).map(value -> read(key, value));
    }

    public void write(Writer<Plaintext> writer, Optional<Scope> scope) {
        writer.put(
                scope.map(one -> SCOPES.key(one.name())).orElse(GENERAL),
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("enabled", enabled)
                        .put("interval", Durations.format(interval))
                        .put("max_operations", maxOperations)
                        .put("max_bytes", maxBytes)
                        .put("auto_rewrap", autoRewrap)
                        .build())));
    }

    /// The scope has none of its own from now on.
    public static void forget(Writer<Plaintext> writer, Scope scope) {
        writer.delete(SCOPES.key(scope.name()));
    }

    private static RotationConfig read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        RotationConfig read = new RotationConfig(
                stored.flag("enabled"),
                Durations.parse(stored.text("interval"))
                        .orElseThrow(() -> new CorruptedException("record " + key + " has no proper member interval")),
                stored.number("max_operations"),
                stored.number("max_bytes"),
                stored.flag("auto_rewrap"));
        stored.end();
        return read;
    }
}
