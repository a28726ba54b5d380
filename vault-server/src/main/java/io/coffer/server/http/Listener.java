// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.TlsConfig;
import io.coffer.server.config.Traffic;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// One address being served: a server and a lane for each event loop.
final class Listener {
    private final ListenerConfig config;
    private final int headerBytes;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();

    /// What was bound at the path of a Unix socket; nothing else is removed from there.
    private volatile Optional<UnixSocket> socket = Optional.empty();

    Listener(ListenerConfig config, int headerBytes) {
        this.config = config;
        this.headerBytes = headerBytes;
    }

    /// Binds.
    ///
    /// @param spare a number that no other listener has: listeners that let the system choose their port are told
    /// apart by it
    Future<Void> start(Vertx vertx, int loops, Service service, HttpCounts counts, int spare) throws IOException {
        SocketAddress address = address(spare);
        Optional<ServerSSLOptions> tls = tls(vertx, config);
        return vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return listen(vertx, new Lane(service, config, counts, context), address, tls);
                            }
                        },
                        new DeploymentOptions().setInstances(loops))
                .compose(deployed -> protect());
    }

    private Future<HttpServer> listen(Vertx vertx, Lane lane, SocketAddress address, Optional<ServerSSLOptions> tls) {
        HttpServer server = vertx.createHttpServer(options(tls.isPresent()), tls.orElse(null))
                .connectionHandler(lane::connected)
                .invalidRequestHandler(lane::invalid)
                .requestHandler(lane::handle);
        vertx.setPeriodic(Edge.SWEEP.toMillis(), tick -> lane.sweep());
        lanes.add(lane);
        servers.add(server);
        return server.listen(address);
    }

    private HttpServerConfig options(boolean tls) {
        HttpServerConfig options = new HttpServerConfig()
                .setHandle100ContinueAutomatically(false)
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength(Math.min(headerBytes, Edge.REQUEST_LINE_BYTES))
                        .setMaxHeaderSize(headerBytes));
        if (tls) {
            return options.setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)
                    .setHttp2Config(new Http2ServerConfig()
                            .setInitialSettings(new Http2Settings()
                                    .setMaxConcurrentStreams(Edge.STREAMS)
                                    .setMaxHeaderListSize(headerBytes)));
        }
        return options.setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);
    }

    private SocketAddress address(int spare) throws IOException {
        return switch (config) {
            case ListenerConfig.Tcp tcp -> {
                String host = InetAddress.getByName(tcp.address().host()).getHostAddress();
                yield tcp.address().port() == 0
                        ? SocketAddress.sharedRandomPort(spare, host)
                        : SocketAddress.inetSocketAddress(tcp.address().port(), host);
            }
            case ListenerConfig.Unix unix -> {
                UnixSocket.makeRoom(unix.path());
                yield SocketAddress.domainSocketAddress(unix.path().toString());
            }
        };
    }

    private Future<Void> protect() {
        if (config instanceof ListenerConfig.Unix unix) {
            try {
                socket = Optional.of(UnixSocket.bound(unix.path()));
                socket.get().protect(unix);
            } catch (IOException refused) {
                return Future.failedFuture(refused);
            }
        }
        return Future.succeededFuture();
    }

    private static Optional<ServerSSLOptions> tls(Vertx vertx, ListenerConfig from) {
        Optional<TlsConfig> tls = from instanceof ListenerConfig.Tcp tcp ? tcp.tls() : Optional.empty();
        return tls.map(files ->
                Tls.options(vertx, files, from.traffic().timeouts().header().toMillis()));
    }

    /// New certificates, headers and limits, found to be usable; they hold from {@link #change} on.
    record Newer(Traffic traffic, Optional<ServerSSLOptions> tls) {}

    /// @throws IOException if it is another listener than this one
    /// @throws io.coffer.server.config.ConfigException if its certificate or key cannot be used
    Newer prepare(Vertx vertx, ListenerConfig newer) throws IOException {
        if (!sameAs(newer)) {
            throw new IOException(description() + " was changed to another listener: that takes a restart");
        }
        return new Newer(newer.traffic(), tls(vertx, newer));
    }

    private boolean sameAs(ListenerConfig newer) {
        return switch (config) {
            case ListenerConfig.Tcp tcp ->
                newer instanceof ListenerConfig.Tcp other
                        && tcp.address().equals(other.address())
                        && tcp.tls().isPresent() == other.tls().isPresent();
            case ListenerConfig.Unix unix ->
                newer instanceof ListenerConfig.Unix other && unix.path().equals(other.path());
        };
    }

    /// Open connections stay as they are.
    Future<Void> change(Newer newer) {
        Future<Void> changed = newer.tls().isPresent()
                ? servers.getFirst().updateSSLOptions(newer.tls().get(), true).mapEmpty()
                : Future.succeededFuture();
        return changed.onSuccess(done -> lanes.forEach(lane -> lane.change(newer.traffic())));
    }

    Future<Void> stop(Duration grace) {
        return Future.join(
                        servers.stream().map(server -> server.shutdown(grace)).toList())
                .<Void>mapEmpty()
                .onComplete(stopped -> socket.ifPresent(UnixSocket::remove));
    }

    /// As a person writes it, with the port that it got.
    String description() {
        return switch (config) {
            case ListenerConfig.Tcp tcp ->
                "tcp (addr: \"%s:%d\", tls: \"%s\")"
                        .formatted(tcp.address().host(), port(), tcp.tls().isPresent() ? "enabled" : "disabled");
            case ListenerConfig.Unix unix -> "unix (addr: \"%s\")".formatted(unix.path());
        };
    }

    int port() {
        return servers.isEmpty() ? 0 : servers.getFirst().actualPort();
    }
}
