// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.jobs;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.SecretClosedException;
import io.coffer.core.Time;
import io.coffer.core.VaultSealedException;
import io.coffer.core.barrier.Job;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Steps every job when it is due, one after the other, each step through the vault's door by itself.
///
/// A job that has more to do goes on after it has rested for as long as it worked: so background work takes at most
/// half of one thread, whatever it is, and what it wrote is durable by the next step, which would else run twice. One
/// that paces itself rests as it wants. One with nothing to do is asked again soon, since a request may have made work.
///
/// A job that fails is tried again, twice as late each time. Good steps in between change nothing of that, or one that
/// fails at the end of a long round would begin the next at once, for ever; but after long enough without a failure the
/// next one is a first one again, so that what fails now and then is not slowed.
public final class JobTimer implements AutoCloseable {
    static final Duration TICK = Duration.ofMillis(200);
    static final Duration IDLE = Duration.ofMillis(500);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    /// A failure after as much time without one counts as the first. A job that fails sooner each time comes to spend a
    /// quarter of its time or more at rest; beside work that goes well for longer, such a rest would be little.
    static final Duration FORGIVEN = LONGEST_REST.multipliedBy(3);

    static final Duration SHORTEST_REST = Duration.ofMillis(2);

    /// Doubling the rest after that many failures in a row is past the longest one.
    private static final int MOST_DOUBLINGS = 16;

    private final Vault vault;
    private final List<Job> jobs;
    private final Time time;
    private final Observer observer;
    private final Clockwork clockwork;

    /// Of the one thread.
    private final Map<Job, Failures> failures = new HashMap<>();

    /// The failures of a job that came soon after one another.
    ///
    /// @param rested when the rest after the last of them ends
    private record Failures(int times, Duration rested) {
        boolean areForgiven(Duration now) {
            return now.minus(rested).compareTo(FORGIVEN) >= 0;
        }
    }

    /// Runs work later, one thing after the other.
    interface Clockwork extends AutoCloseable {
        void in(Duration rest, Runnable work);

        /// None begins from now on.
        @Override
        void close();
    }

    public JobTimer(Vault vault, List<Job> jobs, Time time, Observer observer) {
        this(vault, jobs, time, observer, new OneThread());
    }

    JobTimer(Vault vault, List<Job> jobs, Time time, Observer observer, Clockwork clockwork) {
        this.vault = vault;
        this.jobs = List.copyOf(jobs);
        this.time = time;
        this.observer = observer;
        this.clockwork = clockwork;
    }

    /// @param each runs at every tick too, whatever the state of the vault
    public void start(Runnable each) {
        clockwork.in(TICK, () -> tick(each));
        jobs.forEach(job -> clockwork.in(TICK, () -> turn(job)));
    }

    private void tick(Runnable each) {
        try {
            each.run();
        } catch (RuntimeException | Error defect) {
            failed("tick", defect);
        }
        clockwork.in(TICK, () -> tick(each));
    }

    private void turn(Job job) {
        Duration began = time.elapsed();
        Duration rest = vault.state() instanceof VaultState.Unsealed ? step(job, began) : IDLE;
        Duration worked = time.elapsed().minus(began);
        clockwork.in(job.isPaced() ? rest : longest(rest, worked, SHORTEST_REST), () -> turn(job));
    }

    private Duration step(Job job, Duration began) {
        try {
            return vault.unsealed(job::step).orElse(IDLE);
        } catch (VaultSealedException | SecretClosedException sealed) {
            return IDLE;
        } catch (RuntimeException | Error failed) {
            failed(job.name(), failed);
            return restAfterFailure(job, began);
        }
    }

    /// @param began when the step that failed did: it was no good work, however long it took
    private Duration restAfterFailure(Job job, Duration began) {
        Failures before = failures.get(job);
        int times = before == null || before.areForgiven(began) ? 1 : Math.min(before.times() + 1, MOST_DOUBLINGS);
        Duration doubled = IDLE.multipliedBy(1L << times);
        Duration rest = doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
        failures.put(job, new Failures(times, time.elapsed().plus(rest)));
        return rest;
    }

    private void failed(String job, Throwable failure) {
        observer.observe(Event.JobFailed.of(job, failure));
    }

    private static Duration longest(Duration... rests) {
        return Stream.of(rests).max(Comparator.naturalOrder()).orElseThrow();
    }

    @Override
    public void close() {
        clockwork.close();
    }

    private static final class OneThread implements Clockwork {
        private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "coffer-jobs");
            thread.setDaemon(true);
            return thread;
        });

        @Override
        public void in(Duration rest, Runnable work) {
            try {
                // The work reports what goes wrong by itself, so there is nothing to learn from its future.
                var unused = thread.schedule(work, rest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                // Whoever was at work while it closed has no next turn.
                return;
            }
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
