// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.hardening.Signals;
import io.coffer.server.logging.Logging;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP: takes new certificates, headers, limits and log level, and opens the files of logs and audit
/// anew. What does not do keeps what was there, and the log says why.
///
/// It runs on a thread of its own. Signals that come meanwhile are one more turn, however many they are.
final class Reload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("core");

    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;

    /// @param configuration reads it again, or throws {@link ConfigException}
    Reload(Supplier<ServerConfig> configuration, Server server, Logging logging) {
        thread =
                Thread.ofPlatform().daemon().name("coffer-reload").unstarted(() -> run(configuration, server, logging));
    }

    /// From now on at each signal.
    void start() {
        thread.start();
        Signals.on("HUP", wanted::release);
    }

    private void run(Supplier<ServerConfig> configuration, Server server, Logging logging) {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                turn(configuration, server, logging);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void turn(Supplier<ServerConfig> configuration, Server server, Logging logging) {
        try {
            logging.reopen();
        } catch (IOException refused) {
            LOG.error("the log file goes on as it was: {}", refused.getMessage());
        }
        server.auditLog().reopen();
        try {
            ServerConfig fresh = configuration.get();
            server.listening().reload(fresh.listeners());
            logging.level(fresh.log().level());
            LOG.info("configuration reloaded");
        } catch (ConfigException | IOException refused) {
            LOG.error("nothing of the configuration was reloaded: {}", refused.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("reloading ended in a defect; please report it", defect);
        }
    }

    /// None begins from now on.
    @Override
    public void close() {
        thread.interrupt();
    }
}
