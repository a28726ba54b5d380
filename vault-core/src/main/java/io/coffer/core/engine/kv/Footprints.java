// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the newest versions of a secret take up, so that those that are dropped one day need not be looked at.
///
/// @param term of the key that they are all under; 0 if nothing is known
/// @param lengths the bytes of each, the newest last; there may be older versions, of which nothing is known
record Footprints(int term, List<Long> lengths) {
    static final Footprints UNKNOWN = new Footprints(0, List.of());

    Footprints {
        lengths = List.copyOf(lengths);
    }

    /// @param age 0 for the newest version
    Optional<Footprint> of(long age) {
        return age < lengths.size()
                ? Optional.of(new Footprint(term, Math.toIntExact(lengths.get((int) (lengths.size() - 1 - age)))))
                : Optional.empty();
    }

    /// With one more, of which at most so many are kept. What was under another term is forgotten: it may have moved
    /// since.
    Footprints adding(Footprint newest, int kept) {
        List<Long> all = new ArrayList<>(newest.term() == term ? lengths : List.of());
        all.add((long) newest.length());
        return new Footprints(newest.term(), all.subList(Math.max(0, all.size() - kept), all.size()));
    }

    /// A record that was last written before these were kept has none.
    static Footprints read(StorageKey key, StoredRecord stored) {
        OptionalLong term = stored.optionalNumber("term");
        if (term.isEmpty()) {
            return UNKNOWN;
        }
        List<Long> lengths = stored.numbers("lengths");
        if (!isWhole(term.getAsLong()) || !lengths.stream().allMatch(Footprints::isWhole)) {
            throw new CorruptedException("record " + key + " has a term or a length that none can be");
        }
        return new Footprints((int) term.getAsLong(), lengths);
    }

    private static boolean isWhole(long number) {
        return number > 0 && number <= Integer.MAX_VALUE;
    }

    void put(Json.Builder record) {
        if (term != 0) {
            record.put("term", term)
                    .put(
                            "lengths",
                            new Json.Arr(lengths.stream().<Json>map(Json::of).toList()));
        }
    }
}
