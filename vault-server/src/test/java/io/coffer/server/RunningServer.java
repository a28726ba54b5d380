// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Event;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.request.Credential;
import io.coffer.core.seal.SealConfig;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The whole daemon in this process, in memory, initialized with one share and unsealed.
final class RunningServer implements AutoCloseable {
    static final String TOKEN = "hvs.RootTokenOfTheTests";

    final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    final Server server;
    private final Initialization.Handover handover;

    RunningServer(Traffic traffic) throws IOException {
        server = new Server(
                ServerConfig.dev(
                        new ListenerConfig.Tcp(HostPort.parse("127.0.0.1:0"), Optional.empty(), true, traffic)),
                LoginMethods.kinds(),
                events::add);
        handover = server.core()
                .initialization()
                .run(new Initialization.Plan(
                        new SealConfig(1, 1), List.of(), Optional.empty(), Optional.of(new Credential(TOKEN))))
                .toCompletableFuture()
                .join()
                .orElseThrow();
        unseal();
    }

    void unseal() {
        server.core().unsealing().offer(handover.shares().getFirst());
    }

    Raw connect() throws IOException {
        return Raw.tcp(server.listening().port());
    }

    /// With the root token, on a connection of its own.
    Raw.Answered ask(String method, String path, String body) throws IOException {
        try (Raw raw = connect()) {
            raw.send(request(method, path, body));
            return raw.answer();
        }
    }

    static String request(String method, String path, String body) {
        return method + " /v1/" + path + " HTTP/1.1\r\nHost: x\r\nX-Vault-Token: " + TOKEN + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public void close() {
        handover.close();
        server.close();
    }
}
