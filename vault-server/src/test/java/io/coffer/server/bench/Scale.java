// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What must not depend on how much is stored: start, unsealing, the first read, memory. A small and a
/// large store side by side, in interleaved rounds.
final class Scale {
    private static final int SMALL = 1_000;
    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 64;
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(100) + "\"}}";
    private static final Duration READING = Duration.ofSeconds(3);
    private static final List<String> NAMES = List.of(
            "start to first answer, ms",
            "unsealing by three shares, ms",
            "first read, ms",
            "resident after the first read, MiB",
            "random reads of all secrets/s",
            "resident after them, MiB");

    private final Path root;
    private final Path room;
    private final int large;
    private final Load load = new NioLoad();
    private final Figures figures = new Figures();

    Scale(Path root, Path room, int large) {
        this.root = root;
        this.room = room;
        this.large = large;
    }

    void run() throws IOException, InterruptedException {
        try (Daemon few = new Daemon(root, room.resolve("few"), "");
                Daemon many = new Daemon(root, room.resolve("many"), "")) {
            fill(few, SMALL);
            fill(many, large);
            for (int round = 1; round <= ROUNDS; round++) {
                System.err.printf("round %d of %d%n", round, ROUNDS);
                measure(few, SMALL);
                measure(many, large);
            }
        }
        print(System.out);
    }

    private void fill(Daemon daemon, int secrets) throws IOException, InterruptedException {
        System.err.printf("writing %d secrets%n", secrets);
        Requests writes = Requests.numbered(daemon.token(), "/v1/secret/data/app/", SECRET);
        while (writes.made() < secrets) {
            load.rate(daemon.port(0), writes, CONNECTIONS, Duration.ofMillis(secrets / 500 + 10));
        }
    }

    private void measure(Daemon daemon, int secrets) throws IOException, InterruptedException {
        add(0, secrets, daemon.restart() * 1e3);
        add(1, secrets, daemon.unseal() * 1e3);
        long began = System.nanoTime();
        daemon.ask("GET", "secret/data/app/" + secrets / 2, "");
        add(2, secrets, (System.nanoTime() - began) / 1e6);
        add(3, secrets, daemon.residentMebibytes());
        List<String> paths = IntStream.range(0, secrets)
                .filter(i -> i % Math.max(1, secrets / 50_000) == 0)
                .mapToObj(i -> "/v1/secret/data/app/" + i)
                .toList();
        add(4, secrets, load.rate(daemon.port(0), Requests.reads(daemon.token(), paths), CONNECTIONS, READING));
        add(5, secrets, daemon.residentMebibytes());
    }

    private void add(int what, int secrets, double value) {
        figures.add(NAMES.get(what) + secrets, value);
    }

    private void print(PrintStream out) {
        out.printf(Locale.ROOT, "%-36s%12d%12d%n", "secrets; medians of " + ROUNDS + " rounds", SMALL, large);
        for (String name : NAMES) {
            out.printf(
                    Locale.ROOT,
                    "%-36s%12.0f%12.0f%n",
                    name,
                    figures.median(name + SMALL),
                    figures.median(name + large));
        }
    }
}
