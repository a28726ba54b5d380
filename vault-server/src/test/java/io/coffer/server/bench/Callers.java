// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.Slow;
import io.coffer.core.crypto.PasswordHash;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What it costs to know who calls: reads by tokens with policies few, many and long, with the audit file and among
/// many mounts; logins; tokens made and ended.
final class Callers {
    static final int RULES = 1_000;
    static final int POLICIES = 50;
    static final int MOUNTS = 10_000;

    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final int MOST_CONNECTIONS = 64;
    private static final int LOGINS_AT_ONCE = 2;
    private static final int TOKENS = 4_000;
    private static final int WARM_UPS = 5;
    private static final String READ_RULE = "path \"secret/data/read/*\" { capabilities = [\"read\"] }";
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(1_024 - 12) + "\"}}";
    private static final String PASSWORD = "correct horse battery staple";
    private static final List<String> PATHS =
            IntStream.range(0, 1_000).mapToObj(i -> "/v1/secret/data/read/" + i).toList();

    private final Path root;
    private final Path room;
    private final int mounts;
    private final int rounds;
    private final Duration span;
    private final NioLoad load = new NioLoad();
    private final Figures figures = new Figures();
    private final Map<String, Target> reads = new LinkedHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private record Target(int port, Requests requests) {}

    Callers(Path root, Path room, int mounts, int rounds, Duration span) {
        this.root = root;
        this.room = room;
        this.mounts = mounts;
        this.rounds = rounds;
        this.span = span;
    }

    /// Measures and prints.
    void run() throws IOException, InterruptedException {
        try {
            Daemon daemon = prepare();
            Logins logins = new Logins(daemon);
            warmUp(daemon, logins);
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                for (int connections : CONNECTIONS) {
                    for (Map.Entry<String, Target> read : reads.entrySet()) {
                        figures.add(Table.at(read.getKey(), connections), rate(read.getValue(), connections));
                    }
                }
                tokens(daemon, logins, figures);
            }
        } finally {
            while (!opened.isEmpty()) {
                close(opened.pop());
            }
        }
        new CallersReport(figures, mounts).print(System.out, load.name(), rounds, span.toMillis());
    }

    private double rate(Target target, int connections) throws IOException {
        return load.rate(target.port(), target.requests(), connections, span);
    }

    private Daemon prepare() throws IOException, InterruptedException {
        Daemon daemon = vault("plain", "");
        int answerBytes = daemon.ask("GET", "secret/data/read/1", "").length();
        Child bare = BareServer.start(root, room, answerBytes, Optional.empty());
        opened.push(bare);
        reads.put(CallersReport.BARE, new Target(bare.port(0), Requests.reads(daemon.token(), PATHS)));
        add(CallersReport.ROOT, daemon, daemon.token());
        add(CallersReport.TWO, daemon, daemon.tokenOf("\"reader\""));
        Daemon audited = vault("audited", """
                audit_directory = "%s"
                audit "file" "file" { options { file_path = "audit.log" } }
                """.formatted(room));
        add(CallersReport.AUDITED, audited, audited.tokenOf("\"reader\""));
        add(CallersReport.RULES, daemon, longToken(daemon));
        add(CallersReport.POLICIES, daemon, tokenOfMany(daemon));
        Daemon crowded = vault("crowded", "");
        Scale.Things.MOUNTS.make(crowded, mounts);
        add(CallersReport.CROWDED, crowded, crowded.tokenOf("\"reader\""));
        return daemon;
    }

    private Daemon vault(String name, String more) throws IOException, InterruptedException {
        Daemon daemon = new Daemon(root, room.resolve(name), more);
        opened.push(daemon);
        policy(daemon, "reader", READ_RULE);
        load.all(
                daemon.port(0),
                Requests.numbered(new Requests.Form("POST", daemon.token(), SECRET), "/v1/secret/data/read/#"),
                PATHS.size(),
                MOST_CONNECTIONS);
        return daemon;
    }

    private void add(String name, Daemon daemon, String token) throws IOException, InterruptedException {
        reads.put(name, new Target(daemon.port(0), Requests.reads(token, PATHS)));
    }

    private static String longToken(Daemon daemon) throws IOException, InterruptedException {
        String others = IntStream.range(1, RULES)
                .mapToObj(i -> "path \"secret/data/other-" + i + "/*\" { capabilities = [\"read\"] }\n")
                .collect(Collectors.joining());
        policy(daemon, "long", others + READ_RULE);
        return daemon.tokenOf("\"long\"");
    }

    /// One of them lets it read, and `default` is one too.
    private static String tokenOfMany(Daemon daemon) throws IOException, InterruptedException {
        for (int i = 2; i < POLICIES; i++) {
            policy(daemon, "p" + i, "path \"secret/data/other-" + i + "/*\" { capabilities = [\"read\"] }");
        }
        return daemon.tokenOf(
                IntStream.range(2, POLICIES).mapToObj(i -> "\"p" + i + "\",").collect(Collectors.joining())
                        + "\"reader\"");
    }

    private static void policy(Daemon daemon, String name, String text) throws IOException, InterruptedException {
        String escaped = text.replace("\"", "\\\"").replace("\n", "\\n");
        daemon.ask("PUT", "sys/policies/acl/" + name, "{\"policy\":\"" + escaped + "\"}");
    }

    private void warmUp(Daemon daemon, Logins logins) throws IOException, InterruptedException {
        System.err.println("warming up");
        for (int i = 0; i < WARM_UPS; i++) {
            for (Target read : reads.values()) {
                rate(read, MOST_CONNECTIONS);
            }
            tokens(daemon, logins, new Figures());
        }
    }

    private void tokens(Daemon daemon, Logins logins, Figures into) throws IOException, InterruptedException {
        int port = daemon.port(0);
        into.add(CallersReport.WRITE, load.rate(port, logins.writes, MOST_CONNECTIONS, span));
        into.add(CallersReport.HASHING, hashing());
        into.add(CallersReport.USERPASS, load.rate(port, logins.userpass, LOGINS_AT_ONCE, span));
        into.add(CallersReport.APPROLE, load.rate(port, logins.approle, MOST_CONNECTIONS, span));
        into.add(CallersReport.CREATE, load.all(port, logins.creations, TOKENS, MOST_CONNECTIONS));
        into.add(CallersReport.REVOKE, load.all(port, logins.revocations, TOKENS, MOST_CONNECTIONS));
    }

    /// Passwords hashed a second, on this thread.
    private double hashing() {
        SecureRandom random = new SecureRandom();
        Slow leave = () -> Duration.ofMinutes(1);
        try (Secret password = Secret.takeFrom(PASSWORD.getBytes(StandardCharsets.UTF_8))) {
            long count = 0;
            long began = System.nanoTime();
            while (System.nanoTime() - began < span.toNanos()) {
                PasswordHash.of(password, random, leave);
                count++;
            }
            return count * 1e9 / (System.nanoTime() - began);
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception stuck) {
            System.err.println(stuck);
        }
    }

    /// The ways to get a token, ready to be gone.
    private static final class Logins {
        private final Requests writes;
        private final Requests userpass;
        private final Requests approle;
        private final Requests creations;
        private final Requests revocations;

        Logins(Daemon daemon) throws IOException, InterruptedException {
            daemon.ask("POST", "sys/auth/userpass", "{\"type\":\"userpass\"}");
            daemon.ask("POST", "sys/auth/approle", "{\"type\":\"approle\"}");
            String password = "{\"password\":\"" + PASSWORD + "\"}";
            daemon.ask("POST", "auth/userpass/users/ann", password);
            daemon.ask("POST", "auth/approle/role/app", "{}");
            String role = text(daemon.ask("GET", "auth/approle/role/app/role-id", ""), "role_id");
            String secret = text(daemon.ask("POST", "auth/approle/role/app/secret-id", ""), "secret_id");
            userpass = login("/v1/auth/userpass/login/ann", password);
            approle =
                    login("/v1/auth/approle/login", "{\"role_id\":\"" + role + "\",\"secret_id\":\"" + secret + "\"}");
            creations = Requests.numbered(
                    new Requests.Form(
                            "POST", daemon.token(), "{\"id\":\"bench-#\",\"ttl\":\"24h\",\"policies\":[\"reader\"]}"),
                    "/v1/auth/token/create");
            revocations = Requests.numbered(
                    new Requests.Form("POST", daemon.token(), "{\"token\":\"bench-#\"}"), "/v1/auth/token/revoke");
            writes = Requests.writes(
                    daemon.token(),
                    IntStream.range(0, TOKENS)
                            .mapToObj(i -> "/v1/secret/data/write/" + i)
                            .toList(),
                    SECRET);
        }

        private static Requests login(String path, String body) {
            return Requests.of(new Requests.Form("POST", "", body), List.of(path));
        }

        private static String text(String json, String name) {
            return json.replaceAll("(?s).*\"" + name + "\":\"([^\"]+)\".*", "$1");
        }
    }
}
