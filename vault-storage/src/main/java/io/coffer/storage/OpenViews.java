// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Who is using the native database. It is never closed under anybody: that would be a crash of the
/// whole process.
final class OpenViews {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition leaving = lock.newCondition();
    private final Set<RocksDbView> views = new HashSet<>();
    private int working;
    private boolean shut;
    private boolean left;

    OpenViews(Duration patience) {
        this.patience = patience;
    }

    RocksDbView open(Supplier<RocksDbView> view, Supplier<? extends RuntimeException> closed) {
        lock.lock();
        try {
            if (shut) {
                throw closed.get();
            }
            RocksDbView opened = view.get();
            views.add(opened);
            return opened;
        } finally {
            lock.unlock();
        }
    }

    void closed(RocksDbView view) {
        lock.lock();
        try {
            views.remove(view);
            leaving.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Runs work that needs the database open.
    void during(Runnable work, Supplier<? extends RuntimeException> closed) {
        lock.lock();
        try {
            if (shut) {
                throw closed.get();
            }
            working++;
        } finally {
            lock.unlock();
        }
        try {
            work.run();
        } finally {
            leave();
        }
    }

    /// Waits until no view shows a state before this one.
    void awaitOlder(long sequence) {
        lock.lock();
        try {
            await(
                    () -> views.stream().noneMatch(view -> view.sequence() < sequence),
                    "an older state is still being read");
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody in any more and waits until everybody has left. If that takes too long, it can be
    /// asked again.
    ///
    /// @return whether it is this call that has seen the last one leave
    boolean shut() {
        lock.lock();
        try {
            shut = true;
            await(() -> views.isEmpty() && working == 0, "the disk is still in use, so it stays open");
            boolean last = !left;
            left = true;
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            working--;
            leaving.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier done, String otherwise) {
        long nanos = patience.toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (nanos <= 0) {
                    throw new StorageUnavailableException(otherwise + " after " + patience.toSeconds() + " seconds");
                }
                nanos = leaving.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException(otherwise, interrupted);
        }
    }
}
