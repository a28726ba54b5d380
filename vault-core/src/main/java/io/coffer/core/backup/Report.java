// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a {@link Verification} has seen so far.
///
/// @param total how many values the census had at the begin
/// @param done how many were looked at
/// @param bad how many of them do not open
/// @param names the first of those, and what stands before a place that cannot be read
/// @param orphans scopes with values that no keyring opens, or that belong to nothing
/// @param differing scopes whose values are not as the census says
/// @param compared how many scopes were compared with the census; others changed meanwhile
/// @param interrupted whether it ended before it was through, by a seal
public record Report(
        Optional<Instant> started,
        Optional<Instant> ended,
        long total,
        long done,
        long bad,
        List<String> names,
        List<String> orphans,
        List<String> differing,
        long compared,
        boolean interrupted) {
    /// The most names of each list.
    static final int MOST_NAMES = 100;

    static final Report NONE =
            new Report(Optional.empty(), Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), 0, false);

    static Report begun(Instant now) {
        return new Report(Optional.of(now), Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), 0, false);
    }

    public boolean isUnderWay() {
        return started.isPresent() && ended.isEmpty();
    }

    /// Whether all is as it should be.
    public boolean isSound() {
        return ended.isPresent() && !interrupted && bad == 0 && orphans.isEmpty() && differing.isEmpty();
    }

    Report of(long all) {
        return new Report(started, ended, all, done, bad, names, orphans, differing, compared, interrupted);
    }

    Report plus(long looked, List<String> newBad) {
        return new Report(
                started,
                ended,
                total,
                done + looked,
                bad + newBad.size(),
                with(names, newBad),
                orphans,
                differing,
                compared,
                interrupted);
    }

    Report withOrphan(String scope) {
        return new Report(
                started,
                ended,
                total,
                done,
                bad,
                names,
                with(orphans, List.of(scope)),
                differing,
                compared,
                interrupted);
    }

    Report withDiffering(String scope) {
        return new Report(
                started,
                ended,
                total,
                done,
                bad,
                names,
                orphans,
                with(differing, List.of(scope)),
                compared,
                interrupted);
    }

    Report withCompared() {
        return new Report(started, ended, total, done, bad, names, orphans, differing, compared + 1, interrupted);
    }

    Report endedAt(Instant now) {
        return new Report(started, Optional.of(now), total, done, bad, names, orphans, differing, compared, false);
    }

    Report interruptedAt(Instant now) {
        return new Report(started, Optional.of(now), total, done, bad, names, orphans, differing, compared, true);
    }

    private static List<String> with(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        more.stream().limit(MOST_NAMES - some.size()).forEach(all::add);
        return List.copyOf(all);
    }
}
