// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.server.hardening.Signals;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// SIGTERM and SIGINT: the daemon is to stop. Taken from the first moment on: one that comes during the
/// start stops what has started then.
///
/// A second one ends the process at once, as kill -9 would: nothing acknowledged is lost by that, and
/// whoever asks twice does not want to wait.
final class StopSignal {
    private static final int AT_ONCE = 1;

    private final CountDownLatch asked = new CountDownLatch(1);

    static StopSignal taken() {
        StopSignal stop = new StopSignal();
        List.of("TERM", "INT").forEach(name -> Signals.on(name, stop::ask));
        return stop;
    }

    private synchronized void ask() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(AT_ONCE);
        }
        asked.countDown();
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
