// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.CorruptedException;
import io.coffer.core.request.Json;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Footprint;
import io.coffer.core.storage.StorageKey;
import java.util.Optional;

/// What the newest versions of a secret take up, so that those that are dropped one day need not be looked at.
///
/// It is kept as it is stored, which is short, and only the number that a dropped version needs is looked at: each read
/// and each write of the secret carries it.
///
/// @param text numbers in base 36, each of as many digits as the first character says: the term of the key that the
///     versions are all under, then the bytes of each, the newest last. There may be older versions, of which nothing
///     is known; empty if nothing is
record Footprints(String text) {
    static final Footprints UNKNOWN = new Footprints("");

    private static final int BASE = 36;

    Footprints {
        if (!text.isEmpty()) {
            int width = text.charAt(0) - '0';
            if (width < 1 || width > 6 || text.length() < 1 + width || (text.length() - 1) % width != 0) {
                throw new IllegalArgumentException("not every number has as many digits as the first character says");
            }
        }
    }

    /// How many are known.
    int count() {
        return text.isEmpty() ? 0 : (text.length() - 1) / width() - 1;
    }

    /// @param age 0 for the newest version
    Optional<Footprint> of(long age) {
        if (age >= count()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Footprint(number(0), number(count() - (int) age)));
        } catch (IllegalArgumentException malformed) {
            throw new CorruptedException("what a version of a secret takes up is no number", malformed);
        }
    }

    /// With one more, of which at most so many are kept. What was under another term is forgotten, as it may have moved
    /// since; and all is when a number has more digits than any before.
    Footprints adding(Footprint newest, int kept) {
        if (newest.term() == 0) {
            return UNKNOWN;
        }
        String term = Integer.toString(newest.term(), BASE);
        String length = Integer.toString(newest.length(), BASE);
        int width = Math.max(term.length(), length.length());
        if (text.isEmpty() || width > width() || !text.startsWith(padded(term, width()), 1)) {
            return new Footprints(width + padded(term, width) + padded(length, width));
        }
        int left = Math.min(count(), kept - 1);
        return new Footprints(
                text.substring(0, place(1)) + text.substring(place(count() + 1 - left)) + padded(length, width()));
    }

    private static String padded(String digits, int width) {
        return digits.length() == width ? digits : "0".repeat(width - digits.length()) + digits;
    }

    private int width() {
        return text.charAt(0) - '0';
    }

    private int place(int index) {
        return 1 + width() * index;
    }

    private int number(int index) {
        return Integer.parseInt(text, place(index), place(index + 1), BASE);
    }

    /// A record that was last written before these were kept has none.
    static Footprints read(StorageKey key, StoredRecord stored) {
        try {
            return stored.optionalText("sizes").map(Footprints::new).orElse(UNKNOWN);
        } catch (IllegalArgumentException malformed) {
            throw new CorruptedException("record " + key + " has sizes that none can be", malformed);
        }
    }

    void put(Json.Builder record) {
        if (!text.isEmpty()) {
            record.put("sizes", text);
        }
    }
}
