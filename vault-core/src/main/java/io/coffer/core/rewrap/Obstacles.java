// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.CorruptedException;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// What stands in the way of the rewrap under way. It cannot read something: a file is damaged, or the
/// keyring of a scope does not open; when everything else is moved, it stands, and tries again later each
/// time. Or a step of it has failed altogether, as when the disk takes no writes any more.
///
/// Known in memory alone: who comes after a restart, finds them anew.
public final class Obstacles {
    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Time time;
    private final Map<String, Obstacle> found = new ConcurrentSkipListMap<>();
    private volatile Optional<Standing> standing = Optional.empty();
    private volatile String failure = "";
    private final Set<String> met = new HashSet<>();
    private Duration rest = SHORTEST;

    /// A place from which on a scope is not gone through.
    ///
    /// @param after the path of the last value that was looked at before it; empty if none was
    /// @param reason names the file or the record
    public record Obstacle(Scope scope, String after, String reason) {}

    /// @param number of the rewrap that stands
    /// @param until how long the clock runs then
    private record Standing(long number, Duration until, Instant nextTry) {}

    public Obstacles(Time time) {
        this.time = time;
    }

    /// By the names of their scopes.
    public List<Obstacle> all() {
        return List.copyOf(found.values());
    }

    /// When that is tried again which cannot be read; empty while there is something else to do.
    public Optional<Instant> nextTry() {
        return standing.map(Standing::nextTry);
    }

    /// Why the last step failed; empty if it did not.
    public String failure() {
        return failure;
    }

    /// A step has failed, and is tried again later each time. That the vault was sealed is no failure.
    void failed(RuntimeException thrown) {
        failure = switch (thrown) {
            case SecretClosedException sealed -> "";
            case CorruptedException damaged -> String.valueOf(damaged.getMessage());
            case StorageUnavailableException gone -> String.valueOf(gone.getMessage());
            case OutcomeUnknownException gone -> String.valueOf(gone.getMessage());
            default -> thrown.getClass().getName();
        };
    }

    /// It goes on, or somebody begins anew.
    public void succeeded() {
        failure = "";
    }

    /// Everything is gone through anew.
    void begin() {
        met.clear();
    }

    /// @return whether it is another one than was known of this scope
    boolean meet(Obstacle obstacle) {
        met.add(obstacle.scope().name());
        return !obstacle.equals(found.put(obstacle.scope().name(), obstacle));
    }

    /// Everything was gone through: what was not met again is none any more.
    ///
    /// @return whether there is none
    boolean areGone() {
        found.keySet().retainAll(met);
        return found.isEmpty();
    }

    /// Nothing else is left to be moved by this rewrap.
    void stand(long number) {
        standing = Optional.of(
                new Standing(number, time.elapsed().plus(rest), time.now().plus(rest)));
        Duration longer = rest.multipliedBy(2);
        rest = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    /// Whether this rewrap stands until later; if its time has come, it does not any more.
    boolean stands(long number) {
        boolean waits = standing.filter(
                        now -> now.number() == number && now.until().compareTo(time.elapsed()) > 0)
                .isPresent();
        if (!waits) {
            standing = Optional.empty();
        }
        return waits;
    }

    void forget() {
        found.clear();
        met.clear();
        standing = Optional.empty();
        rest = SHORTEST;
    }
}
