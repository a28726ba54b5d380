// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What one scope holds under one term: live values, their bytes on disk, and the encryptions ever
/// committed (which never fall).
public record Tally(long values, long bytes, long encryptions) {
    public static final Tally NONE = new Tally(0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(values + other.values, bytes + other.bytes, encryptions + other.encryptions);
    }
}
