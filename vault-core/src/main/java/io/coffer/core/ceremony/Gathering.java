// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.RandomIds;
import io.coffer.core.Time;
import io.coffer.core.seal.Ceremony;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The one ceremony of a kind that may be open: somebody with authority starts it, holders of shares join,
/// and it ends by its result, by a cancel or by its expiry.
///
/// For any number of threads; it holds its lock for no disk and no device.
///
/// @param <P> what is planned
public final class Gathering<P> implements AutoCloseable {
    private final Time time;
    private final SecureRandom random;
    private final Duration expiry;
    private Optional<Open<P>> open = Optional.empty();

    /// A ceremony that is open.
    ///
    /// @param votes who of the others wants it ended
    public record Open<P>(P plan, Starter starter, Ceremony ceremony, Set<Starter> votes) {}

    /// A plan that holds a secret, which goes with the ceremony.
    public interface Plan extends AutoCloseable {
        @Override
        void close();
    }

    /// What became of a wish to end a ceremony.
    public enum Ending {
        /// There was none, or there is none any more.
        ENDED,
        /// One other share wants it ended; one more ends it.
        ONE_VOTE
    }

    /// How a ceremony begins.
    public interface Beginning {
        /// @param expires on the elapsed clock
        Ceremony begin(String nonce, Duration expires);
    }

    public Gathering(Time time, SecureRandom random, Duration expiry) {
        this.time = time;
        this.random = random;
        this.expiry = expiry;
    }

    /// The open ceremony, unless it has expired.
    public synchronized Optional<Open<P>> open() {
        if (open.isPresent() && time.elapsed().compareTo(open.get().ceremony().expires()) >= 0) {
            end();
        }
        return open;
    }

    /// Opens one; nothing happens if there is one already.
    ///
    /// @return empty if there is one already
    public synchronized Optional<Open<P>> start(P plan, Starter starter, Beginning beginning) {
        if (open().isPresent()) {
            return Optional.empty();
        }
        Ceremony ceremony =
                beginning.begin(RandomIds.uuid(random), time.elapsed().plus(expiry));
        open = Optional.of(new Open<>(plan, starter, ceremony, new HashSet<>()));
        return open;
    }

    /// A token, whoever started it, or two other shares end it.
    public synchronized Ending cancel(Starter who) {
        boolean alone =
                switch (who) {
                    case Starter.ByToken token -> true;
                    case Starter.Anybody legacy -> true;
                    case Starter.ByShare share ->
                        open().map(one -> one.starter().equals(share)).orElse(true);
                };
        if (!alone && votes(who) < 2) {
            return Ending.ONE_VOTE;
        }
        end();
        return Ending.ENDED;
    }

    private int votes(Starter who) {
        Set<Starter> votes = open.orElseThrow().votes();
        votes.add(who);
        return votes.size();
    }

    /// When the open ceremony is abandoned, as a date.
    public Optional<Instant> expires() {
        return open().map(one -> time.now().plus(one.ceremony().expires().minus(time.elapsed())));
    }

    /// Forgets the open ceremony and its shares, and closes its plan if that can be closed.
    public synchronized void end() {
        take().ifPresent(one -> {
            if (one.plan() instanceof Plan plan) {
                plan.close();
            }
        });
    }

    /// Ends the open ceremony for whoever carries its plan out: the plan is his.
    public synchronized Optional<Open<P>> take() {
        Optional<Open<P>> taken = open;
        open = Optional.empty();
        taken.ifPresent(one -> one.ceremony().close());
        return taken;
    }

    @Override
    public void close() {
        end();
    }
}
