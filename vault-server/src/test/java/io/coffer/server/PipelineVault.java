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
import io.coffer.core.rewrap.Latencies;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.storage.Committer;
import io.coffer.core.system.Node;
import io.coffer.server.config.HostPort;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// An open vault without listeners, for the benchmark: requests run through the pipeline on the thread of
/// their caller.
public final class PipelineVault implements AutoCloseable {
    private static final Credential ROOT = new Credential("root-of-this-benchmark");

    private final Time time = Time.system();
    private final Core core;

    /// Initializes and opens an empty store, with key-value engines of version 1 at `plain/` and 2 at `secret/`.
    public PipelineVault(Committer committer) {
        core = new Core(
                committer,
                ServerConfig.dev(HostPort.parse("127.0.0.1:8200")),
                new Node(Server.API_VERSION, "2026-01-01T00:00:00Z", "rocksdb", "", () -> false),
                new Core.Surroundings(
                        time,
                        new SecureRandom(),
                        Observer.none(),
                        new AuditLog(List.of(), AuditLimits.DEFAULT, time, Observer.none()),
                        new Metrics(),
                        new Core.Pools(Runnable::run, Runnable::run),
                        new Latencies(),
                        Map.of()));
        Initialization.Plan plan =
                new Initialization.Plan(new SealConfig(1, 1), List.of(), Optional.empty(), Optional.of(ROOT));
        core.unsealing()
                .offer(core.initialization()
                        .run(plan)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .shares()
                        .getFirst());
        write("sys/mounts/plain", "{\"type\":\"kv\"}").toCompletableFuture().join();
        write("sys/mounts/secret", "{\"type\":\"kv-v2\"}").toCompletableFuture().join();
    }

    /// Completes when the disk has it; fails if the answer is none of success.
    public CompletionStage<Response> write(String path, String body) {
        Incoming incoming = new Incoming(
                "00000000-0000-4000-8000-000000000000",
                Operation.UPDATE,
                new RequestPath(path),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                Incoming.Form.JSON,
                Optional.of(ROOT),
                Optional.empty(),
                Origin.INTERNAL,
                time.elapsed().plus(Duration.ofMinutes(1)));
        return core.pipeline().handle(incoming).thenApply(reply -> {
            if (reply.response() instanceof Response.Ok || reply.response() == Response.NO_CONTENT) {
                return reply.response();
            }
            throw new IllegalStateException("a write was answered " + reply.response());
        });
    }

    @Override
    public void close() {
        core.vault().seal();
    }
}
