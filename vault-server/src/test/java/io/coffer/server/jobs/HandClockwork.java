// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.jobs;

import io.coffer.core.HandTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs what is due when a test lets time pass, on the test's thread.
final class HandClockwork implements JobTimer.Clockwork {
    private final HandTime time;
    private final List<Waiting> waiting = new ArrayList<>();
    boolean closed;

    private record Waiting(Duration due, Runnable work) {}

    HandClockwork(HandTime time) {
        this.time = time;
    }

    @Override
    public void in(Duration rest, Runnable work) {
        waiting.add(new Waiting(time.elapsed().plus(rest), work));
        waiting.sort(Comparator.comparing(Waiting::due));
    }

    /// Lets time pass, and everything happen that is due meanwhile.
    void pass(Duration much) {
        Duration end = time.elapsed().plus(much);
        while (!waiting.isEmpty() && waiting.getFirst().due().compareTo(end) <= 0) {
            Waiting next = waiting.removeFirst();
            if (next.due().compareTo(time.elapsed()) > 0) {
                time.pass(next.due().minus(time.elapsed()));
            }
            next.work().run();
        }
        if (time.elapsed().compareTo(end) < 0) {
            time.pass(end.minus(time.elapsed()));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
