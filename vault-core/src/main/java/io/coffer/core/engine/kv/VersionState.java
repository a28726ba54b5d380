// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import io.coffer.core.Timestamps;
import java.time.Instant;

/// What is known of one version. Times stand as text, since they are mostly passed on.
///
/// @param deletion when it was or will be deleted; empty if never
/// @param destroyed whether its value is gone for good
record VersionState(String created, String deletion, boolean destroyed) {
    /// Whether a reader is shown no value.
    boolean gone(Instant now) {
        return destroyed || deleted(now);
    }

    VersionState deletedAt(String moment) {
        return new VersionState(created, moment, destroyed);
    }

    VersionState asDestroyed() {
        return new VersionState(created, deletion, true);
    }

    private boolean deleted(Instant now) {
        return !deletion.isEmpty()
                && !Timestamps.parse(deletion)
                        .orElseThrow(() -> new IllegalStateException("a deletion time is no timestamp"))
                        .isAfter(now);
    }
}
