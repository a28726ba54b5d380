// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.storage.Committer;
import io.coffer.core.system.Node;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.http.Admission;
import io.coffer.server.http.HttpCounts;
import io.coffer.server.http.Listeners;
import io.coffer.server.http.Service;
import io.coffer.server.http.Workers;
import io.coffer.server.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An open vault on a committer of the benchmark's own, served at a free port of the loopback address. It runs no jobs.
public final class ServedVault implements AutoCloseable {
    public static final String TOKEN = "root-of-this-benchmark";

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Time time = Time.system();
    private final ServerConfig config = ServerConfig.dev(HostPort.parse("127.0.0.1:0"));
    private final Metrics metrics = new Metrics();
    private final HttpCounts counts = new HttpCounts();
    private final Workers workers = Workers.oneForEachCore();
    private final SlowPool slow = SlowPool.ofHalfTheCores();
    private final Core core;
    private final Listeners listeners;

    /// Initializes and opens an empty store, with key-value engines of version 1 at `plain/` and 2 at `secret/`.
    ///
    /// @throws IOException if no port can be bound
    public ServedVault(Committer committer) throws IOException {
        core = new Core(
                committer,
                config,
                new Node(Server.API_VERSION, "2026-01-01T00:00:00Z", "rocksdb", "", () -> false),
                new Core.Surroundings(
                        time,
                        new SecureRandom(),
                        Observer.none(),
                        new AuditLog(List.of(), AuditLimits.DEFAULT, time, Observer.none()),
                        metrics,
                        new Core.Pools(workers, slow),
                        counts.latencies(),
                        Map.of()));
        Initialization.Plan plan = new Initialization.Plan(
                new SealConfig(1, 1), List.of(), Optional.empty(), Optional.of(new Credential(TOKEN)));
        core.unsealing()
                .offer(core.initialization()
                        .run(plan)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .shares()
                        .getFirst());
        mount("plain", "kv");
        mount("secret", "kv-v2");
        Service service =
                new Service(new Front(core, metrics), workers, Admission.of(config.limits()), time, Observer.none());
        listeners = Listeners.start(config.listeners(), config.limits(), service, counts);
    }

    private void mount(String path, String type) {
        Incoming incoming = new Incoming(
                "00000000-0000-4000-8000-000000000000",
                Operation.UPDATE,
                new RequestPath("sys/mounts/" + path),
                Map.of(),
                ("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8),
                Incoming.Form.JSON,
                Optional.of(new Credential(TOKEN)),
                Optional.empty(),
                Origin.INTERNAL,
                time.elapsed().plus(Duration.ofMinutes(1)));
        Response answer =
                core.pipeline().handle(incoming).toCompletableFuture().join().response();
        if (answer != Response.NO_CONTENT) {
            throw new IllegalStateException("a mount was answered " + answer);
        }
    }

    public int port() {
        return listeners.port();
    }

    @Override
    public void close() {
        listeners.stop(STOPPING);
        slow.close();
        workers.stop(STOPPING);
        core.vault().seal();
    }
}
