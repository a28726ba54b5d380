// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.time.Duration;
import java.util.Optional;

/// How long an answer must be asked to be wrapped for.
///
/// @param least zero for no bound
/// @param most zero for no bound
record WrapRange(Duration least, Duration most) {
    static final WrapRange ANY = new WrapRange(Duration.ZERO, Duration.ZERO);

    /// The smaller of both bounds; if that leaves nothing, no request fits.
    WrapRange with(WrapRange other) {
        return new WrapRange(smaller(least, other.least), smaller(most, other.most));
    }

    /// Whether no length fits.
    boolean isEmpty() {
        return !most.isZero() && most.compareTo(least) < 0;
    }

    /// @param asked what the request asks for; empty if its answer is not to be wrapped
    boolean admits(Optional<Duration> asked) {
        if (least.isZero() && most.isZero()) {
            return true;
        }
        return asked.isPresent()
                && asked.get().compareTo(least) >= 0
                && (most.isZero() || asked.get().compareTo(most) <= 0);
    }

    private static Duration smaller(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return one.isZero() ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
