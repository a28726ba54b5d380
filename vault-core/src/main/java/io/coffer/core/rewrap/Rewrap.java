// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A rewrap: it is under way, or it is the last one that ended.
///
/// @param number of this one, another one when it was asked for again while it was under way; where the one before is
///     not known it is of the clock, so that none before had it
/// @param scopes what is gone through, in no order; empty for everything
/// @param rate values a second at most, 0 for as fast as it goes; empty for what the settings say
/// @param place how far it came
/// @param ended when it ended
/// @param cancelled whether it ended before it was through
public record Rewrap(
        long number,
        Instant started,
        List<Scope> scopes,
        OptionalLong rate,
        Place place,
        Counts counts,
        Optional<Instant> ended,
        boolean cancelled) {
    /// The most scopes that are named one by one; with more, everything is gone through.
    static final int MOST_SCOPES = 64;

    public Rewrap {
        scopes = List.copyOf(scopes);
    }

    /// Where it is. It counts what is to be moved, goes through all of that, and counts again.
    ///
    /// @param pass how often it has gone through all, from 0
    /// @param counting whether it counts
    /// @param scope the scope that is gone through, or was counted last; empty before the first
    /// @param after the path of the last value that was looked at
    public record Place(int pass, boolean counting, String scope, String after) {
        static final Place START = new Place(0, true, "", "");

        Place at(String newScope, String newAfter) {
            return new Place(pass, counting, newScope, newAfter);
        }
    }

    /// @param found how many values were to be moved when it last counted
    /// @param moved how many are under the primary by its doing
    /// @param bytes how long those are
    /// @param passMoved how many of them by this pass
    /// @param skipped how many do not open, in this pass
    /// @param names the first of those
    public record Counts(long found, long moved, long bytes, long passMoved, long skipped, List<String> names) {
        /// The most values that are named.
        static final int MOST_NAMES = 100;

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, List.of());

        public Counts {
            names = List.copyOf(names);
        }

        /// How many are left.
        public long left() {
            return Math.max(0, found - passMoved - skipped);
        }

        Counts plus(int newMoved, long newBytes, List<String> newSkipped) {
            List<String> all = new ArrayList<>(names);
            newSkipped.stream().limit(MOST_NAMES - names.size()).forEach(all::add);
            return new Counts(
                    found, moved + newMoved, bytes + newBytes, passMoved + newMoved, skipped + newSkipped.size(), all);
        }

        /// Those of one that begins anew, and has moved what it has.
        Counts anew() {
            return new Counts(0, moved, bytes, 0, 0, List.of());
        }

        /// Those of the next pass, which has moved nothing yet.
        Counts nextPass() {
            return new Counts(found, moved, bytes, 0, 0, List.of());
        }

        Counts uncounted() {
            return new Counts(0, moved, bytes, passMoved, skipped, names);
        }

        Counts counted(long more) {
            return new Counts(found + more, moved, bytes, passMoved, skipped, names);
        }
    }

    /// The one that is under way, or the last.
    public static Optional<Rewrap> read(BarrierReader reader) {
        return reader.cached(
                RewrapRecord.KEY, () -> reader.get(RewrapRecord.KEY).map(RewrapRecord::read));
    }

    /// Why the record does not open; empty if it does, or there is none.
    public static Optional<String> damage(BarrierReader reader) {
        return CorruptedException.reason(() -> read(reader));
    }

    /// Begins one in the transaction of whoever asks for it. One that is under way takes the scopes in; one whose
    /// record does not open is lost.
    ///
    /// @param scopes empty for everything
    public static Rewrap start(BarrierWriter writer, List<Scope> scopes, OptionalLong rate, Instant now) {
        Optional<Rewrap> last = damage(writer).isPresent() ? Optional.empty() : read(writer);
        Rewrap next = last.filter(Rewrap::isUnderWay)
                .map(running -> running.joined(scopes, rate))
                .orElseGet(() -> new Rewrap(
                        last.map(Rewrap::number).orElseGet(now::toEpochMilli) + 1,
                        now,
                        bounded(scopes),
                        rate,
                        Place.START,
                        Counts.NONE,
                        Optional.empty(),
                        false));
        writer.put(RewrapRecord.KEY, RewrapRecord.write(next));
        return next;
    }

    /// Ends the one that is under way. What was moved stays so. A record that does not open is taken away.
    public static void cancel(BarrierWriter writer, Instant now) {
        if (damage(writer).isPresent()) {
            writer.delete(RewrapRecord.KEY);
            return;
        }
        read(writer)
                .filter(Rewrap::isUnderWay)
                .ifPresent(found -> writer.put(RewrapRecord.KEY, RewrapRecord.write(found.ended(now, true))));
    }

    /// This one as it is gone on with by who has not seen what came before: what cannot be read was met by
    /// somebody else, so nothing is through before all was gone through again.
    Rewrap resumed() {
        return with(place.counting() ? Place.START : new Place(0, false, place.scope(), place.after()), counts);
    }

    /// Writes down how far this one came, unless it was asked for again or cancelled meanwhile.
    ///
    /// @return what is written down now; empty if that is not of this one
    Optional<Rewrap> save(BarrierWriter writer) {
        Optional<Rewrap> next = read(writer)
                .filter(found -> found.number == number && found.isUnderWay())
                .map(there -> with(there.scopes, there.rate));
        next.ifPresent(found -> writer.put(RewrapRecord.KEY, RewrapRecord.write(found)));
        return next;
    }

    /// Corrects what one that was cancelled says of how far it came: the cancel knew what was last written down.
    boolean settle(BarrierWriter writer) {
        Optional<Rewrap> mine = read(writer).filter(found -> found.number == number && found.cancelled());
        mine.ifPresent(found -> writer.put(RewrapRecord.KEY, RewrapRecord.write(found.with(place, counts))));
        return mine.isPresent();
    }

    public boolean isUnderWay() {
        return ended.isEmpty();
    }

    boolean concerns(Scope scope) {
        return scopes.isEmpty() || scopes.contains(scope);
    }

    Rewrap with(List<Scope> newScopes, OptionalLong newRate) {
        return new Rewrap(number, started, newScopes, newRate, place, counts, ended, cancelled);
    }

    Rewrap with(Place newPlace, Counts newCounts) {
        return new Rewrap(number, started, scopes, rate, newPlace, newCounts, ended, cancelled);
    }

    Rewrap ended(Instant when, boolean early) {
        return new Rewrap(number, started, scopes, rate, place, counts, Optional.of(when), early);
    }

    /// It begins anew, under another number, so that it does not end by what it counted before; what is moved already
    /// costs it a look at the header.
    private Rewrap joined(List<Scope> more, OptionalLong newRate) {
        List<Scope> all = new ArrayList<>(scopes);
        more.stream().filter(scope -> !all.contains(scope)).forEach(all::add);
        return new Rewrap(
                number + 1,
                started,
                scopes.isEmpty() || more.isEmpty() ? List.of() : bounded(all),
                newRate.isPresent() ? newRate : rate,
                Place.START,
                counts.anew(),
                Optional.empty(),
                false);
    }

    private static List<Scope> bounded(List<Scope> scopes) {
        return scopes.size() > MOST_SCOPES ? List.of() : scopes;
    }
}
