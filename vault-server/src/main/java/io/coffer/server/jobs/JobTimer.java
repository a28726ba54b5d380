// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.jobs;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.OutcomeUnknownException;
import io.coffer.core.SecretClosedException;
import io.coffer.core.StorageUnavailableException;
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
/// that paces itself rests as it wants. A job that fails is tried again, later each time; one with nothing to do is
/// asked again soon, since a request may have made work.
public final class JobTimer implements AutoCloseable {
    static final Duration TICK = Duration.ofMillis(200);
    static final Duration IDLE = Duration.ofMillis(500);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);
    static final Duration SHORTEST_REST = Duration.ofMillis(2);

    /// Doubling the rest after that many failures in a row is past the longest one.
    private static final int MOST_DOUBLINGS = 16;

    private final Vault vault;
    private final List<Job> jobs;
    private final Time time;
    private final Observer observer;
    private final Clockwork clockwork;

    /// Of the one thread.
    private final Map<Job, Integer> failures = new HashMap<>();

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
        Duration rest = vault.state() instanceof VaultState.Unsealed ? step(job) : IDLE;
        Duration worked = time.elapsed().minus(began);
        clockwork.in(job.isPaced() ? rest : longest(rest, worked, SHORTEST_REST), () -> turn(job));
    }

    private Duration step(Job job) {
        try {
            Duration rest = vault.unsealed(job::step).orElse(IDLE);
            failures.remove(job);
            return rest;
        } catch (VaultSealedException | SecretClosedException sealed) {
            return IDLE;
        } catch (RuntimeException | Error failed) {
            int times = Math.min(failures.merge(job, 1, Integer::sum), MOST_DOUBLINGS);
            failed(job.name(), failed);
            Duration rest = IDLE.multipliedBy(1L << times);
            return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        }
    }

    private void failed(String job, Throwable failure) {
        observer.observe(new Event.JobFailed(job, reason(failure)));
    }

    /// Faults of the disk name files and records, and no value; of anything else nobody knows what it says.
    private static String reason(Throwable failure) {
        return switch (failure) {
            case CorruptedException damaged -> String.valueOf(damaged.getMessage());
            case StorageUnavailableException gone -> String.valueOf(gone.getMessage());
            case OutcomeUnknownException gone -> String.valueOf(gone.getMessage());
            default -> failure.getClass().getName();
        };
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
