// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers every request with as many bytes as a read of a secret has, and does nothing else: what no server on this
/// machine, made with the same library, can be faster than. With a certificate and a key it has a port with TLS too.
final class BareServer {
    private BareServer() {}

    /// In a JVM like the daemon's.
    static Child start(Path root, Path room, int answerBytes, Optional<Certificate> certificate) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.library.path=" + root.resolve("vault-server/target/native"),
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(answerBytes)));
        certificate.ifPresent(
                pem -> command.addAll(List.of(pem.file().toString(), pem.key().toString())));
        return Child.start(command, Map.of(), room.resolve("bare.log"));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Buffer answer = Buffer.buffer("x".repeat(Integer.parseInt(arguments[0])).getBytes(StandardCharsets.US_ASCII));
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
        serve(vertx, loops, answer, Optional.empty(), 1);
        if (arguments.length > 1) {
            PemKeyCertOptions pem =
                    new PemKeyCertOptions().setCertPath(arguments[1]).setKeyPath(arguments[2]);
            serve(vertx, loops, answer, Optional.of(new ServerSSLOptions().setKeyCertOptions(pem)), 2);
        }
        Thread.currentThread().join();
    }

    /// Prints the port.
    private static void serve(Vertx vertx, int loops, Buffer answer, Optional<ServerSSLOptions> tls, int spare) {
        AtomicInteger port = new AtomicInteger();
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return vertx.createHttpServer(new HttpServerConfig(), tls.orElse(null))
                                        .requestHandler(request -> request.response()
                                                .putHeader("Content-Type", "application/json")
                                                .putHeader("Cache-Control", "no-store")
                                                .end(answer))
                                        .listen(SocketAddress.sharedRandomPort(spare, "127.0.0.1"))
                                        .onSuccess(server -> port.set(server.actualPort()));
                            }
                        },
                        new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("127.0.0.1:" + port);
    }
}
