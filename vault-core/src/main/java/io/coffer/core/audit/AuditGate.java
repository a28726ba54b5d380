// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One device and whether it can be relied on. A device that fails, or that has not answered by the
/// deadline, gets nothing for a while, and as long as it owes an answer; so it holds up each entry at most
/// once and never for longer than the deadline.
final class AuditGate {
    private final AuditDevice device;
    private final AuditLimits limits;
    private final Time time;
    private final Observer observer;

    /// In the order in which they were handed over; those at the head may have ended.
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /// Given up, and not answered yet.
    private final Set<Waiting> owed = new HashSet<>();

    private boolean cutOff;
    private long missed;
    private Duration restsUntil = Duration.ZERO;

    private static final class Waiting {
        final Verdict verdict;
        final Duration deadline;
        boolean ended;

        Waiting(Verdict verdict, Duration deadline) {
            this.verdict = verdict;
            this.deadline = deadline;
        }
    }

    AuditGate(AuditDevice device, AuditLimits limits, Time time, Observer observer) {
        this.device = device;
        this.limits = limits;
        this.time = time;
        this.observer = observer;
    }

    AuditDevice device() {
        return device;
    }

    void write(byte[] lines, Verdict verdict) {
        Duration now = time.elapsed();
        Waiting mine = new Waiting(verdict, now.plus(limits.deadline()));
        if (!admit(mine, now)) {
            verdict.failed();
            return;
        }
        try {
            device.write(lines).whenComplete((done, failure) -> ended(mine, failure));
        } catch (RuntimeException defect) {
            ended(mine, defect);
        }
    }

    /// Gives up what has waited too long.
    void tick() {
        Duration now = time.elapsed();
        List<Waiting> late = late(now);
        if (!late.isEmpty()) {
            fail("has not written within " + limits.deadline().toMillis() + " ms", late.size());
            late.forEach(one -> one.verdict.failed());
        }
    }

    /// Lets the device open its target anew and gives it another chance at once.
    void reopen() {
        device.reopen().whenComplete((done, failure) -> {
            if (failure == null) {
                forgive();
            } else {
                observer.observe(new Event.AuditDeviceFailed(device.name(), "cannot open anew: " + text(failure)));
            }
        });
    }

    private synchronized boolean admit(Waiting mine, Duration now) {
        if (cutOff && (!owed.isEmpty() || now.compareTo(restsUntil) < 0)) {
            missed++;
            return false;
        }
        waiting.add(mine);
        return true;
    }

    private void ended(Waiting mine, Throwable failure) {
        boolean recovering;
        synchronized (this) {
            if (!settle(mine)) {
                return;
            }
            recovering = cutOff && failure == null;
        }
        if (failure == null) {
            if (recovering) {
                recovered();
            }
            mine.verdict.written();
        } else {
            fail(text(failure), 1);
            mine.verdict.failed();
        }
    }

    /// Whether the answer still counts; under the lock.
    private boolean settle(Waiting mine) {
        if (!owed.isEmpty()) {
            owed.remove(mine);
        }
        if (mine.ended) {
            return false;
        }
        mine.ended = true;
        while (!waiting.isEmpty() && waiting.getFirst().ended) {
            waiting.removeFirst();
        }
        return true;
    }

    private synchronized List<Waiting> late(Duration now) {
        List<Waiting> late = new ArrayList<>();
        while (!waiting.isEmpty()
                && (waiting.getFirst().ended || waiting.getFirst().deadline.compareTo(now) <= 0)) {
            Waiting first = waiting.removeFirst();
            if (!first.ended) {
                first.ended = true;
                owed.add(first);
                late.add(first);
            }
        }
        return late;
    }

    private void fail(String message, int entries) {
        boolean first;
        synchronized (this) {
            first = !cutOff;
            cutOff = true;
            missed += entries;
            restsUntil = time.elapsed().plus(limits.rest());
        }
        if (first) {
            observer.observe(new Event.AuditDeviceFailed(device.name(), message));
        }
    }

    /// A device that writes again is told, with how many entries it has not got.
    private void recovered() {
        long gap;
        synchronized (this) {
            if (!cutOff || !owed.isEmpty()) {
                return;
            }
            gap = missed;
            cutOff = false;
            missed = 0;
        }
        observer.observe(new Event.AuditDeviceRecovered(device.name(), gap));
    }

    /// The next entry is tried again, whatever is owed.
    private synchronized void forgive() {
        restsUntil = Duration.ZERO;
        owed.clear();
    }

    private static String text(Throwable failure) {
        Throwable cause =
                failure instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return String.valueOf(cause.getMessage());
    }
}
