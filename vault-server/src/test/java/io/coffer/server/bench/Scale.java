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
    private static final int READ = 50_000;
    private static final Duration READING = Duration.ofSeconds(3);
    private static final String UNSEALING = "unsealing by three shares, ms";
    private static final String READS = "random reads of all of them/s";
    private static final List<String> NAMES = List.of(
            "start to first answer, ms",
            UNSEALING,
            "first read, ms",
            "resident after the first read, MiB",
            READS,
            "resident after them, MiB");

    private final Path root;
    private final Path room;
    private final Things things;
    private final int large;
    private final NioLoad load = new NioLoad();
    private final Figures figures = new Figures();

    /// What there is much of. A number stands for `#`.
    ///
    /// @param writers how many connections make them; each new mount would make others' runs begin anew
    /// @param path where one is made
    /// @param body what makes it
    /// @param reader whose token reads it; empty for the root token
    /// @param read where it is read
    record Things(String name, int writers, String path, String body, String reader, String read) {
        static final Things SECRETS = new Things(
                "secrets",
                64,
                "/v1/secret/data/app/#",
                "{\"data\":{\"value\":\"" + "s".repeat(100) + "\"}}",
                "",
                "/v1/secret/data/app/#");

        /// Each ends some time, and tells of itself.
        static final Things TOKENS = new Things(
                "tokens",
                64,
                "/v1/auth/token/create",
                "{\"id\":\"bench-#\",\"ttl\":\"24h\",\"policies\":[\"default\"]}",
                "bench-#",
                "/v1/auth/token/lookup-self");

        static final Things MOUNTS = new Things(
                "mounts",
                1,
                "/v1/sys/mounts/bench-#",
                "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}",
                "",
                "/v1/sys/internal/ui/mounts/bench-#");

        void make(Daemon daemon, int count) throws IOException, InterruptedException {
            System.err.printf("making %d %s%n", count, name);
            Requests.Form form = new Requests.Form("POST", daemon.token(), body);
            new NioLoad().all(daemon.port(0), Requests.numbered(form, path), count, writers);
        }
    }

    Scale(Path root, Path room, Things things, int large) {
        this.root = root;
        this.room = room;
        this.things = things;
        this.large = large;
    }

    void run() throws IOException, InterruptedException {
        try (Daemon few = new Daemon(root, room.resolve("few"), "");
                Daemon many = new Daemon(root, room.resolve("many"), "")) {
            things.make(few, SMALL);
            things.make(many, large);
            for (int round = 1; round <= ROUNDS; round++) {
                System.err.printf("round %d of %d%n", round, ROUNDS);
                measure(few, SMALL);
                measure(many, large);
            }
        }
        print(System.out);
    }

    private void measure(Daemon daemon, int count) throws IOException, InterruptedException {
        add(0, count, daemon.restart() * 1e3);
        add(1, count, daemon.unseal() * 1e3);
        String reader = things.reader().isEmpty() ? daemon.token() : things.reader();
        Requests.Form form = new Requests.Form("GET", reader, "");
        Requests first = Requests.among(IntStream.of(count / 2), form, things.read());
        add(2, count, 1e3 / load.all(daemon.port(0), first, 1, 1));
        add(3, count, daemon.residentMebibytes());
        int apart = Math.max(1, count / READ);
        Requests reads = Requests.among(IntStream.range(0, count).filter(i -> i % apart == 0), form, things.read());
        add(4, count, load.rate(daemon.port(0), reads, CONNECTIONS, READING));
        add(5, count, daemon.residentMebibytes());
    }

    private void add(int what, int count, double value) {
        figures.add(NAMES.get(what) + count, value);
    }

    private void print(PrintStream out) {
        String title = things.name() + "; medians of " + ROUNDS + " rounds";
        out.printf(Locale.ROOT, "%-36s%12d%12d%12s%n", title, SMALL, large, "ratio");
        for (String name : NAMES) {
            out.printf(
                    Locale.ROOT,
                    "%-36s%12.0f%12.0f%12.2f%s%n",
                    name,
                    figures.median(name + SMALL),
                    figures.median(name + large),
                    figures.ratio(name + large, name + SMALL),
                    name.equals(UNSEALING) ? "   aim 1" : "");
        }
    }
}
