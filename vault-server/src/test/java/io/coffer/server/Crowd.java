// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Clients who act again and again, each on a thread of its own, until their daemon is killed under them.
record Crowd(DaemonProcess daemon, List<Client> clients) {
    /// More than all clients together ever act.
    private static final int ALWAYS = 1_000_000;

    interface Client {
        /// Does one thing; with a daemon that is gone it throws.
        ///
        /// @return whether there is more to do
        boolean act() throws Exception;
    }

    private interface Moment {
        void await(Semaphore acted) throws Exception;
    }

    /// Kills when all together have acted so often, whatever each is doing then.
    void killAfter(int acts) throws Exception {
        killAt(acted -> acted.acquire(acts));
    }

    /// Kills when so much time has passed.
    void killAfter(Duration time) throws Exception {
        killAt(acted -> assertThat(daemon.endsWithin(time)).isFalse());
    }

    private void killAt(Moment moment) throws Exception {
        Semaphore acted = new Semaphore(0);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(threads.submit(() -> {
                    act(client, acted);
                    return true;
                }));
            }
            moment.await(acted);
            daemon.kill();
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static void act(Client client, Semaphore acted) throws Exception {
        try {
            while (client.act()) {
                acted.release();
            }
        } catch (IOException killed) {
            return;
        } finally {
            acted.release(ALWAYS); // nobody waits for one who acts no more
        }
    }
}
