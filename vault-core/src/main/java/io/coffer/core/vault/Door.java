// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.vault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Counts who is inside. It is no lock: everybody may enter until it is closed, and closing waits for those
/// inside, but not for ever.
final class Door {
    private int inside;
    private boolean open = true;

    /// Whether the caller is inside now; whoever is, leaves.
    synchronized boolean enter() {
        if (open) {
            inside++;
        }
        return open;
    }

    synchronized void leave() {
        inside--;
        if (inside == 0) {
            notifyAll();
        }
    }

    /// Lets nobody in any more and waits until all have left.
    ///
    /// @return whether all have left within the time
    synchronized boolean close(Duration grace) {
        open = false;
        long end = System.nanoTime() + grace.toNanos();
        boolean interrupted = false;
        while (inside > 0 && end - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inside == 0;
    }
}
