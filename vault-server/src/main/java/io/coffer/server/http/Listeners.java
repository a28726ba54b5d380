// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.RequestLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// All addresses that are served, with the event loops under them.
public final class Listeners implements AutoCloseable {
    private static final Duration BIND = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Listeners(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Binds them all, or none.
    ///
    /// @throws IOException if one cannot be bound; the message names it
    /// @throws io.coffer.server.config.ConfigException if a certificate or key cannot be read
    public static Listeners start(
            List<ListenerConfig> configs, RequestLimits limits, Service service, HttpCounts counts) throws IOException {
        int loops = Runtime.getRuntime().availableProcessors();
        Listeners all = new Listeners(vertx(loops, service.admission()));
        boolean bound = false;
        try {
            for (ListenerConfig config : configs) {
                Listener listener = new Listener(config, limits.headerBytes());
                all.listeners.add(listener);
                all.bind(listener, loops, service, counts);
            }
            bound = true;
            return all;
        } finally {
            if (!bound) {
                all.close();
            }
        }
    }

    private static Vertx vertx(int loops, Admission admission) {
        // We resolve nothing through it, and setting its resolver up takes a tenth of the start.
        System.setProperty("vertx.disableDnsResolver", "true");
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return Vertx.builder()
                .with(options)
                .withTransport(new AcceptGate(admission))
                .build();
    }

    private void bind(Listener listener, int loops, Service service, HttpCounts counts) throws IOException {
        try {
            await(listener.start(vertx, loops, service, counts, listeners.size()), BIND);
        } catch (IOException failed) {
            throw new IOException("cannot listen on " + listener.description() + ": " + failed.getMessage(), failed);
        }
    }

    /// Takes new certificates, headers and limits for listeners in the same order as at the start: all of
    /// them, or none if one of them does not do.
    ///
    /// @throws IOException if listeners have come, gone or changed their addresses
    /// @throws io.coffer.server.config.ConfigException if a certificate or key cannot be used
    public void reload(List<ListenerConfig> configs) throws IOException {
        if (configs.size() != listeners.size()) {
            throw new IOException("listeners were added or removed: that takes a restart");
        }
        List<Listener.Newer> newer = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            newer.add(listeners.get(i).prepare(vertx, configs.get(i)));
        }
        for (int i = 0; i < configs.size(); i++) {
            await(listeners.get(i).change(newer.get(i)), BIND);
        }
    }

    /// Each as a person writes it, for the banner.
    public List<String> descriptions() {
        return listeners.stream().map(Listener::description).toList();
    }

    /// The TCP port that the first listener got; 0 if it has none.
    public int port() {
        return listeners.getFirst().port();
    }

    /// Accepts nothing more, lets running requests end for a while, closes. Does nothing the second time.
    public void stop(Duration grace) {
        if (stopped.getAndSet(true)) {
            return;
        }
        try {
            await(
                    Future.join(listeners.stream()
                            .map(listener -> listener.stop(grace))
                            .toList()),
                    grace.plus(BIND));
        } catch (IOException stillOpen) {
            // Closing takes them with it.
        }
        try {
            await(vertx.close(), BIND);
        } catch (IOException stuck) {
            // The process ends next.
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private static void await(Future<?> future, Duration limit) throws IOException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            String reason = cause instanceof TimeoutException ? "no answer within " + limit : cause.getMessage();
            throw new IOException(reason, cause);
        }
    }
}
