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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Steps every job that is due, one after the other, each step through the vault's door by itself. A job
/// that fails is tried again, later each time; one with nothing to do is asked again soon, since a request
/// may have made work.
public final class JobTimer implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final Vault vault;
    private final List<Job> jobs;
    private final Time time;
    private final Observer observer;
    private final Map<Job, Duration> due = new ConcurrentHashMap<>();
    private final Map<Job, Integer> failures = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "coffer-jobs");
        thread.setDaemon(true);
        return thread;
    });

    public JobTimer(Vault vault, List<Job> jobs, Time time, Observer observer) {
        this.vault = vault;
        this.jobs = List.copyOf(jobs);
        this.time = time;
        this.observer = observer;
    }

    /// @param each runs at every tick too, whatever the state of the vault
    public void start(Runnable each) {
        // The work reports what goes wrong by itself, so there is nothing to learn from its future.
        var unused =
                timer.scheduleWithFixedDelay(() -> tick(each), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick(Runnable each) {
        try {
            each.run();
        } catch (RuntimeException defect) {
            observer.observe(new Event.JobFailed("tick", defect.getClass().getName()));
        }
        for (Job job : jobs) {
            if (vault.state() instanceof VaultState.Unsealed
                    && time.elapsed().compareTo(due.getOrDefault(job, Duration.ZERO)) >= 0) {
                due.put(job, time.elapsed().plus(step(job)));
            }
        }
    }

    private Duration step(Job job) {
        try {
            Duration rest = vault.unsealed(job::step).orElse(IDLE);
            failures.remove(job);
            return rest;
        } catch (VaultSealedException | SecretClosedException sealed) {
            return IDLE;
        } catch (RuntimeException failed) {
            int times = failures.merge(job, 1, Integer::sum);
            observer.observe(new Event.JobFailed(job.name(), failed.getClass().getName()));
            Duration rest = IDLE.multipliedBy(1L << Math.min(times, 16));
            return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
