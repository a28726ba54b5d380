// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.CorruptedException;
import io.coffer.core.Observer;
import io.coffer.core.SelfTestFailedException;
import io.coffer.core.StorageUnavailableException;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ConfigLoader;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.Loaded;
import io.coffer.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// `coffer server`: runs the daemon until a signal ends it.
public final class ServerCommand {
    private ServerCommand() {}

    /// @return the exit code: 0 after a signal, 1 if the start failed
    public static int run(String[] arguments) {
        PrintStream out = System.out;
        try {
            ServerFlags flags = ServerFlags.parse(List.of(arguments), System.getenv());
            Loaded loaded = load(flags);
            loaded.warnings().forEach(warning -> System.err.println("Warning: " + warning));
            return serve(flags, loaded.config(), out);
        } catch (ConfigException
                | StorageUnavailableException
                | CorruptedException
                | SelfTestFailedException
                | IOException refused) {
            System.err.println("Error: " + refused.getMessage());
            return 1;
        }
    }

    private static Loaded load(ServerFlags flags) {
        ConfigLoader loader = new ConfigLoader(System.getenv(), flags.log());
        return flags.dev()
                ? loader.dev(
                        ListenerConfig.Tcp.dev(HostPort.parse(flags.devAddress()), Optional.empty()), flags.configs())
                : loader.load(flags.configs());
    }

    private static int serve(ServerFlags flags, ServerConfig config, PrintStream out) throws IOException {
        Observer observer = Observer.none();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Server server = new Server(config, observer)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped), "coffer-stop"));
            banner(server, config, out);
            if (flags.dev()) {
                DevMode.prepare(server, flags, out);
            }
            out.println("==> Coffer server started! Log data will stream in below:");
            out.flush();
            stop.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void await(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void banner(Server server, ServerConfig config, PrintStream out) {
        out.println("==> Coffer server configuration:");
        out.println();
        server.listening().descriptions().forEach(line -> out.println("                Listener: " + line));
        out.println("               Log Level: " + config.log().level());
        out.println("                   Mlock: " + (config.node().disableMlock() ? "disabled" : "enabled"));
        out.println("                 Storage: " + config.storage());
        out.println("                 Version: Coffer v" + Release.current().version());
        out.println();
    }
}
