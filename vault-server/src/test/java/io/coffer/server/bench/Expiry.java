// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Many leases that end at about the same time: how long until all are taken back, and what others notice.
final class Expiry {
    private static final int CONNECTIONS = 8;
    private static final int SECRETS = 1_000;
    private static final int WARM_UPS = 10;
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final String ALONE = "reads alone";
    private static final String BESIDE = "reads while leases are taken back";
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(100) + "\"}}";

    private final Path root;
    private final Path room;
    private final int leases;
    private final NioLoad load = new NioLoad();
    private final Figures figures = new Figures();

    Expiry(Path root, Path room, int leases) {
        this.root = root;
        this.room = room;
        this.leases = leases;
    }

    void run() throws IOException, InterruptedException {
        try (Daemon daemon = new Daemon(root, room.resolve("leases"), "")) {
            Requests reads = prepare(daemon);
            for (int i = 0; i < WARM_UPS; i++) {
                double rate = load.rate(daemon.port(0), reads, CONNECTIONS, EACH);
                if (i >= WARM_UPS / 2) {
                    figures.add(ALONE, rate);
                }
            }
            System.err.printf("making %d leases%n", leases);
            Requests lease = Requests.numbered(new Requests.Form("GET", daemon.token(), ""), "/v1/leased/app");
            long began = System.nanoTime();
            load.all(daemon.port(0), lease, leases, 64);
            figures.add("made", seconds(began));
            TimeUnit.NANOSECONDS.sleep(began + TTL.toNanos() - System.nanoTime());
            long due = System.nanoTime();
            while (daemon.has("LIST", "sys/leases/lookup/leased/app?limit=1")) {
                figures.add(BESIDE, load.rate(daemon.port(0), reads, CONNECTIONS, EACH));
            }
            figures.add("ended", seconds(due));
        }
        print();
    }

    private Requests prepare(Daemon daemon) throws IOException, InterruptedException {
        daemon.ask("POST", "sys/mounts/leased", "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
        daemon.ask("POST", "leased/app", "{\"value\":\"s\",\"ttl\":\"" + TTL.toSeconds() + "s\"}");
        Requests.Form write = new Requests.Form("POST", daemon.token(), SECRET);
        load.all(daemon.port(0), Requests.numbered(write, "/v1/secret/data/app/#"), SECRETS, 64);
        return Requests.among(
                IntStream.range(0, SECRETS), new Requests.Form("GET", daemon.token(), ""), "/v1/secret/data/app/#");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void print() {
        Table table = new Table(figures);
        table.line("%-44s%12d", "leases of " + TTL.toSeconds() + " s", leases);
        table.line("%-44s%12.0f", "made within, s", figures.median("made"));
        table.line("%-44s%12.0f   aim 120", "from the first one's end to the last gone, s", figures.median("ended"));
        table.line("%-44s%12.0f", ALONE + "/s", figures.median(ALONE));
        table.line("%-44s%12.0f", BESIDE + "/s", figures.median(BESIDE));
        table.line(
                "%-44s%12s",
                "  of them alone", String.format(Locale.ROOT, "%.2f", figures.median(BESIDE) / figures.median(ALONE)));
        table.print(System.out);
    }
}
