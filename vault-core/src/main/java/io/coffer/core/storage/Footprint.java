// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What the census has to know of a value: the term of the key that it is under, and its bytes on the disk.
///
/// @param term 0 for a value that is too short to have one
public record Footprint(int term, int length) {
    /// Where there is no census.
    static final Footprint UNCOUNTED = new Footprint(0, 0);

    public Footprint {
        if (term < 0 || length < 0) {
            throw new IllegalArgumentException("term and length are not negative");
        }
    }
}
