// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a token began, when it ends, and what a renewal may change of that. Moments are kept to the millisecond.
///
/// @param creationTtl how long it was to live when it was made; zero for ever
/// @param terms by what rules it lives on; their TTL is the one that was given last
/// @param renewed when it was renewed last
/// @param expires dead from this moment on, whether anybody has cleared it away or not; empty for never
public record Lifetime(
        Instant created,
        Duration creationTtl,
        Ttl.Terms terms,
        boolean renewable,
        Optional<Instant> renewed,
        Optional<Instant> expires) {

    /// One without an end.
    public static Lifetime forever(Instant created) {
        return new Lifetime(
                milliseconds(created), Duration.ZERO, Ttl.Terms.NONE, false, Optional.empty(), Optional.empty());
    }

    /// One that ends unless it is renewed.
    public static Lifetime of(Instant created, Duration ttl, Ttl.Terms terms, boolean renewable) {
        Instant start = milliseconds(created);
        return new Lifetime(start, ttl, terms.withTtl(ttl), renewable, Optional.empty(), Optional.of(start.plus(ttl)));
    }

    /// The same life with another end.
    public Lifetime renewed(Instant now, Duration ttl, Ttl.Terms by) {
        Instant moment = milliseconds(now);
        return new Lifetime(
                created, creationTtl, by.withTtl(ttl), renewable, Optional.of(moment), Optional.of(moment.plus(ttl)));
    }

    public boolean isOver(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /// Whole seconds left, rounded up, since zero says that there is no end.
    public long secondsLeft(Instant now) {
        return expires.map(end -> Duration.between(now, end).plusMillis(999).toSeconds())
                .orElse(0L);
    }

    private static Instant milliseconds(Instant moment) {
        return Instant.ofEpochMilli(moment.toEpochMilli());
    }
}
