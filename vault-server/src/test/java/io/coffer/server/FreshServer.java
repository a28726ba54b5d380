// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The whole daemon in this process, in memory, not initialized yet: for clients that walk it from init to seal.
final class FreshServer implements AutoCloseable {
    private final Server server;

    FreshServer() {
        try {
            server = new Server(
                    ServerConfig.dev(new ListenerConfig.Tcp(
                            HostPort.parse("127.0.0.1:0"), Optional.empty(), true, Traffic.DEFAULT)),
                    LoginMethods.kinds(),
                    event -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.listening().port();
    }

    @Override
    public void close() {
        server.close();
    }
}
