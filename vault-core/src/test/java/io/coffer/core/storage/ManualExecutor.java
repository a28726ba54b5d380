// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// Runs what it was given when the test says so.
final class ManualExecutor implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /// @return whether there was a task
    boolean runOne() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    void runAll() {
        while (runOne()) {
            // and what that gave
        }
    }

    void forget() {
        tasks.clear();
    }
}
