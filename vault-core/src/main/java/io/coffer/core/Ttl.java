// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long something that is granted or renewed lives from now on.
///
/// @param granted whole seconds
/// @param warnings for the client, if it is less than was asked
public record Ttl(Duration granted, List<String> warnings) {
    public Ttl {
        warnings = List.copyOf(warnings);
    }

    /// What whoever grants says; zero where he says nothing.
    ///
    /// @param ttl what is asked for
    /// @param max the longest life in all
    /// @param explicitMax the same, and binding also where there is a period
    /// @param period with one there is no end, as long as it is renewed in time
    public record Terms(Duration ttl, Duration max, Duration explicitMax, Duration period) {
        public static final Terms NONE = new Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        public Terms {
            if (ttl.isNegative() || max.isNegative() || explicitMax.isNegative() || period.isNegative()) {
                throw new IllegalArgumentException("a length of life is not negative");
            }
        }

        public Terms withTtl(Duration other) {
            return new Terms(other, max, explicitMax, period);
        }
    }

    /// What the mount says; never zero.
    public record Bounds(Duration defaultTtl, Duration maxTtl) {}

    /// The rules of the field, to the second, measured from the moment of issue; empty if that is so long ago that
    /// nothing is left.
    public static Optional<Ttl> of(Terms terms, Bounds mount, Instant issued, Instant now) {
        Duration most = lesser(lesser(mount.maxTtl(), terms.max()), terms.explicitMax());
        return terms.period().isPositive()
                ? periodic(terms, most, issued, now)
                : capped(
                        terms.ttl().isPositive() ? terms.ttl() : mount.defaultTtl(),
                        left(issued, most, now),
                        List.of());
    }

    private static Optional<Ttl> periodic(Terms terms, Duration most, Instant issued, Instant now) {
        Duration period = lesser(terms.period(), most);
        List<String> warnings = period.equals(terms.period())
                ? List.of()
                : List.of("period of \"" + Durations.format(terms.period()) + "\" exceeded the effective max_ttl of \""
                        + Durations.format(most) + "\"; period value is capped accordingly");
        return terms.explicitMax().isZero()
                ? Optional.of(new Ttl(period, warnings))
                : capped(period, left(issued, terms.explicitMax(), now), warnings);
    }

    private static Optional<Ttl> capped(Duration wanted, Duration left, List<String> warnings) {
        if (!left.isPositive()) {
            return Optional.empty();
        }
        if (left.compareTo(wanted) >= 0) {
            return Optional.of(new Ttl(wanted, warnings));
        }
        List<String> all = new ArrayList<>(warnings);
        all.add("TTL of \"" + Durations.format(wanted) + "\" exceeded the effective max_ttl of \""
                + Durations.format(left) + "\"; TTL value is capped accordingly");
        return Optional.of(new Ttl(left, all));
    }

    private static Duration left(Instant issued, Duration most, Instant now) {
        return Duration.between(
                now.truncatedTo(ChronoUnit.SECONDS),
                issued.truncatedTo(ChronoUnit.SECONDS).plus(most));
    }

    /// The shorter of a length and a limit; a limit of zero is none.
    private static Duration lesser(Duration length, Duration limit) {
        return limit.isPositive() && limit.compareTo(length) < 0 ? limit : length;
    }
}
