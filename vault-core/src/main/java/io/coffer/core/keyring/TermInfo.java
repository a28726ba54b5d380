// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import io.coffer.core.crypto.Algorithm;
import java.time.Instant;
import java.util.Objects;

/// What is known of a term beside its key.
public record TermInfo(KeyTerm term, Algorithm algorithm, KeyStatus status, Instant installed) {
    public TermInfo {
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(installed, "installed");
    }

    /// Whether it may become the primary.
    public boolean isAvailable() {
        return status == KeyStatus.AVAILABLE;
    }

    TermInfo with(KeyStatus other) {
        return new TermInfo(term, algorithm, other, installed);
    }
}
