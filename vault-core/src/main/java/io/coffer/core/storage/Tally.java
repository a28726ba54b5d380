// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What one scope holds under one term: live values and their bytes on disk, and how many were ever committed, with
/// their bytes, which never fall.
public record Tally(long values, long bytes, long encryptions, long encrypted) {
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                values + other.values,
                bytes + other.bytes,
                encryptions + other.encryptions,
                encrypted + other.encrypted);
    }

    /// What is there, without what was.
    public Tally live() {
        return new Tally(values, bytes, 0, 0);
    }
}
