// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is known of a secret of version 2.
///
/// On disk the versions stand as three lists, not as objects: every read of a secret reads this record.
///
/// @param updated when the last version was written
/// @param current the number of the newest version; 0 if none was ever written
/// @param changes how often the metadata itself was written
/// @param custom names and texts of the client's own
/// @param versions those that are kept, oldest first, without gaps, up to the current
/// @param footprints of as many of them as is known
record KeyMetadata(
        String created,
        String updated,
        long current,
        long changes,
        Settings settings,
        Map<String, String> custom,
        List<VersionState> versions,
        Footprints footprints) {

    private static final int FORM = 1;

    KeyMetadata {
        custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
        versions = List.copyOf(versions);
        if (versions.size() > current || footprints.count() > versions.size()) {
            throw new IllegalArgumentException("more versions are kept than were written");
        }
    }

    /// Of a secret that was never written.
    static KeyMetadata fresh(String now) {
        return new KeyMetadata(now, now, 0, 0, Settings.NONE, Map.of(), List.of(), Footprints.UNKNOWN);
    }

    /// The number of the oldest version that is kept.
    long first() {
        return current - versions.size() + 1;
    }

    /// As clients see it: 0 until a version was pruned.
    long oldest() {
        return first() > 1 ? first() : 0;
    }

    /// What is known of a version, if it is kept.
    Optional<VersionState> version(long number) {
        return number < first() || number > current
                ? Optional.empty()
                : Optional.of(versions.get((int) (number - first())));
    }

    /// What a version that is kept takes up, if that is known.
    Optional<Footprint> footprint(long number) {
        return footprints.of(current - number);
    }

    /// What becomes of a version; the same state if nothing does.
    interface Change {
        VersionState of(long number, VersionState state);
    }

    /// With those of the versions changed that are kept; empty if nothing changes.
    Optional<KeyMetadata> changing(Collection<Long> numbers, Change change) {
        List<VersionState> changed = new ArrayList<>(versions);
        for (long number : new TreeSet<>(numbers)) {
            version(number).ifPresent(state -> changed.set((int) (number - first()), change.of(number, state)));
        }
        return changed.equals(versions)
                ? Optional.empty()
                : Optional.of(
                        new KeyMetadata(created, updated, current, changes, settings, custom, changed, footprints));
    }

    /// With one version more, of which at most so many are kept.
    KeyMetadata adding(VersionState state, Footprint taken, long kept) {
        List<VersionState> all = new ArrayList<>(versions);
        all.add(state);
        int dropped = (int) Math.max(0, all.size() - kept);
        List<VersionState> left = all.subList(dropped, all.size());
        return new KeyMetadata(
                created,
                state.created(),
                current + 1,
                changes,
                settings,
                custom,
                left,
                footprints.adding(taken, left.size()));
    }

    /// With other settings and texts: one change of the metadata.
    KeyMetadata changed(Settings other, Map<String, String> texts) {
        return new KeyMetadata(created, updated, current, changes + 1, other, texts, versions, footprints);
    }

    /// The client's own names and texts as an object.
    Json.Obj texts() {
        Json.Builder texts = Json.object();
        custom.forEach(texts::put);
        return texts.build();
    }

    static KeyMetadata read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        List<String> created = stored.texts("created_times");
        List<String> deletions = stored.texts("deletion_times");
        Set<Long> destroyed = new HashSet<>(stored.numbers("destroyed"));
        long current = stored.number("current");
        Footprints footprints = Footprints.read(key, stored);
        boolean tooMany = created.size() > current || footprints.count() > created.size();
        if (created.size() != deletions.size() || tooMany) {
            throw new CorruptedException("record " + key + " has lists of unequal length");
        }
        List<VersionState> versions = new ArrayList<>(created.size());
        long first = current - created.size() + 1;
        for (int i = 0; i < created.size(); i++) {
            versions.add(new VersionState(created.get(i), deletions.get(i), destroyed.contains(first + i)));
        }
        KeyMetadata read = new KeyMetadata(
                stored.text("created"),
                stored.text("updated"),
                current,
                stored.number("changes"),
                Settings.take(stored),
                stored.textMap("custom"),
                versions,
                footprints);
        stored.end();
        return read;
    }

    Plaintext write() {
        List<Json> destroyed = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).destroyed()) {
                destroyed.add(Json.of(first() + i));
            }
        }
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("created", created)
                .put("updated", updated)
                .put("current", current)
                .put("changes", changes);
        settings.put(record)
                .put("custom", texts())
                .put(
                        "created_times",
                        Json.of(versions.stream().map(VersionState::created).toList()))
                .put(
                        "deletion_times",
                        Json.of(versions.stream().map(VersionState::deletion).toList()))
                .put("destroyed", new Json.Arr(destroyed));
        footprints.put(record);
        return new Plaintext(JsonText.write(record.build()));
    }
}
