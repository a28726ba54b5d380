// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.CorruptedException;
import io.coffer.core.Observer;
import io.coffer.core.SelfTestFailedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ConfigLoader;
import io.coffer.server.config.Loaded;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.StorageConfig;
import io.coffer.server.hardening.Hardening;
import io.coffer.server.hardening.HardeningException;
import io.coffer.server.hardening.HeapScrub;
import io.coffer.server.hardening.Signals;
import io.coffer.server.hardening.ThreadDump;
import io.coffer.server.logging.EventLog;
import io.coffer.server.logging.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `coffer server`: runs the daemon until a signal ends it.
public final class ServerCommand {
    private static final Logger LOG = LoggerFactory.getLogger("core");

    private ServerCommand() {}

    /// @return the exit code: 0 after a signal, 1 if the start failed
    public static int run(String[] arguments) {
        PrintStream out = System.out;
        Hardening.maskFiles();
        try {
            ServerFlags flags = ServerFlags.parse(List.of(arguments), System.getenv());
            try (DevListener dev = DevListener.of(flags)) {
                return serve(flags, dev, out);
            }
        } catch (ConfigException
                | StorageUnavailableException
                | CorruptedException
                | SelfTestFailedException
                | HardeningException
                | IOException refused) {
            System.err.println("Error: " + refused.getMessage());
            return 1;
        }
    }

    private static Loaded load(ServerFlags flags, DevListener dev) {
        ConfigLoader loader = new ConfigLoader(System.getenv(), flags.log());
        return flags.dev() ? loader.dev(dev.config(), flags.configs()) : loader.load(flags.configs());
    }

    // Closing the log does not close the stream that it writes to.
    @SuppressWarnings("ClosingStandardOutputStreams")
    private static int serve(ServerFlags flags, DevListener dev, PrintStream out) throws IOException {
        Loaded loaded = load(flags, dev);
        ServerConfig config = loaded.config();
        StopSignal stop = StopSignal.taken();
        // Until everything has started there is nothing to reload, and the JVM would end at this one.
        Signals.onHangup(() -> {});
        List<String> weak = Hardening.apply(flags.dev() || config.node().disableMlock());
        try (Logging logging = Logging.start(config.log(), System.err);
                PidFile pid = new PidFile(config.node().pidFile());
                HeapScrub scrub = new HeapScrub();
                Server server = new Server(config, LoginMethods.kinds(), both(new EventLog(), scrub));
                Reload reload = new Reload(() -> load(flags, dev).config(), server, logging)) {
            reload.start();
            Signals.on("USR2", () -> System.err.println(ThreadDump.take()));
            banner(server, config, out);
            loaded.warnings().forEach(LOG::warn);
            weak.forEach(LOG::warn);
            if (flags.dev()) {
                DevMode.prepare(server, flags, dev, out);
            }
            pid.write();
            out.println("==> Coffer server started! Log data will stream in below:");
            out.flush();
            stop.await();
            LOG.info("stopping");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static Observer both(Observer first, Observer second) {
        return event -> {
            first.observe(event);
            second.observe(event);
        };
    }

    private static void banner(Server server, ServerConfig config, PrintStream out) {
        out.println("==> Coffer server configuration:");
        out.println();
        server.listening().descriptions().forEach(line -> out.println("                Listener: " + line));
        out.println("               Log Level: " + config.log().level());
        out.println("                   Mlock: " + (config.node().disableMlock() ? "disabled" : "enabled"));
        out.println("                 Storage: "
                + switch (config.storage()) {
                    case StorageConfig.RocksDb(var path) -> "rocksdb (" + path + ")";
                    case StorageConfig.InMemory none -> "inmem";
                });
        out.println("                 Version: Coffer v" + Release.current().version());
        out.println();
    }
}
