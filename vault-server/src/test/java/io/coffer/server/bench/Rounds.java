// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Speed and size in interleaved rounds: each measures everything once, so that a busy moment of the machine falls on
/// all alike.
final class Rounds {
    private static final int MOST_CONNECTIONS = 64;
    private static final List<Integer> CONNECTIONS = List.of(1, 8, MOST_CONNECTIONS);
    private static final int WARM_UPS = 5;
    private static final int COMMANDS = 5;
    private static final int READ_SECRETS = 1_000;
    private static final int WRITTEN_SECRETS = 4_000;
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}}";
    private static final Duration REST = Duration.ofSeconds(2);

    private final Path root;
    private final Path room;
    private final Plan plan;
    private final Figures figures = new Figures();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /// @param rounds how often everything is measured
    /// @param step how long each rate is measured
    /// @param all with TLS and audit
    record Plan(int rounds, Duration step, boolean all) {}

    /// One rate at a number of connections.
    private interface Step {
        double rate(int connections) throws IOException, InterruptedException;
    }

    Rounds(Path root, Path room, Plan plan) {
        this.root = root;
        this.room = room;
        this.plan = plan;
    }

    /// Measures and prints.
    void run() throws IOException, InterruptedException {
        Load load = Load.choose(room);
        try {
            Daemon daemon = prepare(load);
            Daemon starter = open(new Daemon(root, room.resolve("starter"), ""));
            warmUp();
            for (int round = 1; round <= plan.rounds(); round++) {
                System.err.printf("round %d of %d%n", round, plan.rounds());
                rates();
                figures.add(Report.APPENDS, Appends.rate(room.resolve("appended"), plan.step()));
                sizes(starter);
                for (int i = 0; i < COMMANDS; i++) {
                    figures.add(Report.COMMAND, daemon.command("kv", "get", "-field=value", "secret/read/1"));
                }
            }
            figures.add(Report.HEAP, daemon.fullestHeapMebibytes());
            figures.add(Report.RESIDENT_UNDER_LOAD, daemon.residentMebibytes());
        } finally {
            close();
        }
        new Report(figures, plan, load).print(System.out);
    }

    /// Starts what is measured, and names its rates in the order in which they are taken.
    private Daemon prepare(Load load) throws IOException, InterruptedException {
        Optional<Certificate> certificate = plan.all() ? Optional.of(Certificate.create(room)) : Optional.empty();
        Daemon daemon = open(new Daemon(
                root,
                room.resolve("plain"),
                certificate.map(Certificate::listener).orElse("")));
        fill(daemon);
        int answerBytes = daemon.ask("GET", "secret/data/read/1", "").length();
        Child bare = open(BareServer.start(root, room, answerBytes, certificate));
        int barePort = bare.port(0);
        Requests reads = reads(daemon);
        steps.put(Report.BARE, connections -> load.rate(barePort, reads, connections, plan.step()));
        addSteps(load, daemon, "");
        if (certificate.isPresent()) {
            Daemon audited = open(new Daemon(root, room.resolve("audited"), """
                    audit_directory = "%s"
                    audit "file" "file" { options { file_path = "audit.log" } }
                    """.formatted(room)));
            fill(audited);
            addSteps(load, audited, Report.AUDITED);
            Load tls = load.withTls(certificate.get());
            int bareTls = bare.port(1);
            int daemonTls = daemon.port(1);
            steps.put(Report.BARE + Report.TLS, connections -> tls.rate(bareTls, reads, connections, plan.step()));
            steps.put(Report.READ + Report.TLS, connections -> tls.rate(daemonTls, reads, connections, plan.step()));
        }
        return daemon;
    }

    private void addSteps(Load load, Daemon daemon, String kind) throws IOException, InterruptedException {
        int port = daemon.port(0);
        Requests reads = reads(daemon);
        Requests writes = Requests.writes(daemon.token(), paths("write", WRITTEN_SECRETS), SECRET);
        steps.put(Report.READ + kind, connections -> load.rate(port, reads, connections, plan.step()));
        steps.put(Report.WRITE + kind, connections -> load.rate(port, writes, connections, plan.step()));
    }

    private static Requests reads(Daemon daemon) {
        return Requests.reads(daemon.token(), paths("read", READ_SECRETS));
    }

    private static List<String> paths(String folder, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "/v1/secret/data/" + folder + "/" + i)
                .toList();
    }

    private static void fill(Daemon daemon) throws IOException, InterruptedException {
        for (int i = 0; i < READ_SECRETS; i++) {
            daemon.ask("POST", "secret/data/read/" + i, SECRET);
        }
    }

    /// Until the compiler of each process has done its work: on a slow machine that takes longer than a round.
    private void warmUp() throws IOException, InterruptedException {
        System.err.println("warming up");
        for (int i = 0; i < WARM_UPS; i++) {
            for (Step step : steps.values()) {
                step.rate(MOST_CONNECTIONS);
            }
        }
    }

    private void rates() throws IOException, InterruptedException {
        for (int connections : CONNECTIONS) {
            for (Map.Entry<String, Step> step : steps.entrySet()) {
                figures.add(
                        Table.at(step.getKey(), connections), step.getValue().rate(connections));
            }
        }
    }

    /// Start-up, and what a vault that has nothing to do takes.
    private void sizes(Daemon starter) throws IOException, InterruptedException {
        figures.add(Report.START, starter.restart());
        starter.unseal();
        starter.ask("POST", "secret/data/app", SECRET);
        starter.ask("GET", "secret/data/app", "");
        TimeUnit.NANOSECONDS.sleep(REST.toNanos());
        figures.add(Report.RESIDENT, starter.residentMebibytes());
    }

    private <T extends AutoCloseable> T open(T thing) {
        opened.push(thing);
        return thing;
    }

    private void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception stuck) {
                System.err.println(stuck);
            }
        }
    }
}
