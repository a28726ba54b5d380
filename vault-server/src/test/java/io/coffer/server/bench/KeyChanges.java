// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What writers notice of a rekey and of a rotation, one of each in every measured span, with all that they
/// leave to be done; and how long holders wait for the new shares.
final class KeyChanges {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UPS = 5;
    private static final String ALONE = "write of 1 KiB";
    private static final String REKEYED = "write while a rekey runs";
    private static final String ROTATED = "write while a rotation runs";
    private static final String HANDOVER = "last share to new shares";
    private static final String HANDOVER_UNDER_LOAD = "the same among the writes";
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}}";

    private final Path root;
    private final Path room;
    private final int rounds;
    private final Duration span;
    private final Figures figures = new Figures();

    KeyChanges(Path root, Path room, int rounds, Duration span) {
        this.root = root;
        this.room = room;
        this.rounds = rounds;
        this.span = span;
    }

    /// Measures and prints.
    void run() throws IOException, InterruptedException {
        Load load = Load.choose(room);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Daemon daemon = new Daemon(root, room.resolve("plain"), "")) {
            Requests writes = Requests.writes(
                    daemon.token(),
                    IntStream.range(0, 4_000)
                            .mapToObj(i -> "/v1/secret/data/write/" + i)
                            .toList(),
                    SECRET);
            Callable<Double> rate = () -> load.rate(daemon.port(0), writes, CONNECTIONS, span);
            for (int i = 0; i < WARM_UPS; i++) {
                other.submit(rate).get();
            }
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                figures.add(HANDOVER, daemon.rekey());
                alone(REKEYED, other.submit(rate).get());
                Future<Double> rekeyed = other.submit(rate);
                figures.add(HANDOVER_UNDER_LOAD, daemon.rekey());
                figures.add(REKEYED, rekeyed.get());
                alone(ROTATED, other.submit(rate).get());
                Future<Double> rotated = other.submit(rate);
                daemon.ask("POST", "sys/rotate", "{}");
                figures.add(ROTATED, rotated.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            other.shutdownNow();
        }
        print(load);
    }

    /// The rate that the next one is compared with.
    private void alone(String next, double rate) {
        figures.add(ALONE, rate);
        figures.add(next + ALONE, rate);
    }

    private void print(Load load) {
        System.out.printf(
                "Java %s, %d processors; %s at %d connections; medians of %d rounds, %d ms each rate%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                load.name(),
                CONNECTIONS,
                rounds,
                span.toMillis());
        System.out.printf(Locale.ROOT, "%-36s%12.0f%n", ALONE + "/s", figures.median(ALONE));
        for (String name : List.of(REKEYED, ROTATED)) {
            System.out.printf(Locale.ROOT, "%-36s%12.0f%n", name + "/s", figures.median(name));
            System.out.printf(
                    Locale.ROOT,
                    "%-36s%12.2f   aim 0.95%n",
                    "  of the writes alone",
                    figures.ratio(name, name + ALONE));
        }
        for (String name : List.of(HANDOVER, HANDOVER_UNDER_LOAD)) {
            System.out.printf(Locale.ROOT, "%-36s%12.3f s%n", name, figures.median(name));
        }
    }
}
