// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A secret that somebody has for a time. Moments are kept to the millisecond.
///
/// @param id the path that gave it and a random end
/// @param tokenId the stored name of the token that got it; empty if that is stored nowhere
/// @param mount the uuid of the mount whose engine takes it back
/// @param terms by what rules it lives on; their TTL is the one that was given last
/// @param facts what its engine wants to know again
/// @param failure why it could not be taken back so far
public record Lease(
        String id,
        String tokenId,
        String mount,
        Instant issued,
        Instant expires,
        Optional<Instant> renewed,
        Ttl.Terms terms,
        boolean renewable,
        Map<String, String> facts,
        Failure failure) {

    public Lease {
        facts = Map.copyOf(facts);
    }

    /// @param times how often it was tried in vain
    /// @param error what was said the last time; empty if it was never tried
    public record Failure(int times, String error) {
        public static final Failure NONE = new Failure(0, "");

        /// The most times before nobody tries any more.
        public static final int MOST = 6;

        public boolean isFinal() {
            return times >= MOST;
        }
    }

    /// The path that gave it.
    public String path() {
        return id.substring(0, id.lastIndexOf('/'));
    }

    /// The end of the id: unique by itself.
    String mark() {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /// Whole seconds left, rounded up.
    public long secondsLeft(Instant now) {
        return Math.max(0, Duration.between(now, expires).plusMillis(999).toSeconds());
    }

    Lease until(Instant end) {
        return new Lease(id, tokenId, mount, issued, end, renewed, terms, renewable, facts, failure);
    }

    Lease renewed(Instant now, Ttl.Terms by, Duration ttl) {
        return new Lease(
                id,
                tokenId,
                mount,
                issued,
                now.plus(ttl),
                Optional.of(now),
                by.withTtl(ttl),
                renewable,
                facts,
                failure);
    }

    Lease failed(String error, Instant again) {
        Failure next = new Failure(failure.times() + 1, error);
        return new Lease(id, tokenId, mount, issued, again, renewed, terms, renewable, facts, next);
    }
}
