// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Ttl;
import io.coffer.core.engine.LeaseEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import io.coffer.server.config.ConfigLoader;
import io.coffer.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The daemon with one more engine, `lending`: it can take back what it lends only with what its mount stores, and
/// appends to a file what it took back, and with which of it.
final class LendingDaemon {
    private LendingDaemon() {}

    /// @param arguments the file, and then those of `coffer server`
    public static void main(String[] arguments) throws Exception {
        ServerFlags flags = ServerFlags.parse(List.of(arguments).subList(1, arguments.length), System.getenv());
        ServerConfig config = new ConfigLoader(System.getenv(), flags.log())
                .load(flags.configs())
                .config();
        Path taken = Path.of(arguments[0]);
        try (Server server = new Server(config, Map.of("lending", mount -> new Lending(mount, taken)), event -> {})) {
            System.out.println("127.0.0.1:" + server.listening().port() + " server started");
            new CountDownLatch(1).await();
        }
    }

    private record Lending(MountConfig mount, Path taken) implements LeaseEngine {
        private static final String STORED = "stored";
        private static final String NAME = "name";

        @Override
        public List<Route> routes() {
            return List.of(
                    Route.writes(STORED, Operation.UPDATE, "Store what is needed to take back.", (call, writer) -> {
                        writer.put(mount.folder().key(STORED), new Plaintext("it".getBytes(StandardCharsets.UTF_8)));
                        return Response.NO_CONTENT;
                    }),
                    Route.reads(
                            "lent/:name",
                            Operation.READ,
                            "Lend.",
                            (call, reader) -> lend(call.request().values().captured(NAME))));
        }

        private static Response lend(String name) {
            return new Response.Granted(
                    new Grant.Lease(Json.EMPTY, Duration.ofHours(1), Duration.ZERO, false, Map.of(NAME, name)),
                    List.of());
        }

        @Override
        public Ttl.Terms renewal(Reader<Plaintext> reader, Map<String, String> facts) {
            return Ttl.Terms.NONE;
        }

        @Override
        public String takeBack(Writer<Plaintext> writer, Map<String, String> facts) {
            Optional<Plaintext> stored = writer.get(mount.folder().key(STORED));
            String with = stored.map(value -> new String(value.bytes(), StandardCharsets.UTF_8))
                    .orElse("nothing");
            try {
                Files.writeString(
                        taken,
                        facts.get(NAME) + " with " + with + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return "";
        }
    }
}
