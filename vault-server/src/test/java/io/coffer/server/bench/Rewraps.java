// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a rewrap does to reads, at its default throttle, and how fast it goes without one: beside decrypting and
/// encrypting alone on one thread, of as many bytes.
final class Rewraps {
    private static final int CONNECTIONS = 8;
    private static final String SECRET = "{\"data\":{\"value\":\"" + "s".repeat(100) + "\"}}";
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final String ALONE = "reads alone/s";
    private static final String BESIDE = "reads beside a rewrap/s";

    private final Path root;
    private final Path room;
    private final int secrets;
    private final int rounds;
    private final NioLoad load = new NioLoad();
    private final Figures figures = new Figures();

    Rewraps(Path root, Path room, int secrets, int rounds) {
        this.root = root;
        this.room = room;
        this.secrets = secrets;
        this.rounds = rounds;
    }

    void run() throws IOException, InterruptedException {
        try (Daemon daemon = new Daemon(root, room.resolve("rewraps"), "")) {
            fill(daemon);
            Requests reads = Requests.reads(daemon.token(), paths());
            for (int i = 0; i < 5; i++) {
                load.rate(daemon.port(0), reads, CONNECTIONS, EACH);
            }
            daemon.ask("PUT", "sys/rotate", "{}");
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                figures.add(ALONE, load.rate(daemon.port(0), reads, CONNECTIONS, EACH));
                daemon.ask("PUT", "sys/rewrap", "{}");
                figures.add(BESIDE, load.rate(daemon.port(0), reads, CONNECTIONS, EACH));
                String status = daemon.ask("GET", "sys/rewrap", "");
                figures.add("rate", (double) number(status, "rate"));
                figures.add("throttle", (double) number(status, "throttle"));
                daemon.ask("DELETE", "sys/rewrap", "");
            }
            unthrottled(daemon);
        }
        print();
    }

    private void fill(Daemon daemon) throws IOException, InterruptedException {
        System.err.printf("writing %d secrets%n", secrets);
        Requests.Form write = new Requests.Form("POST", daemon.token(), SECRET);
        load.all(daemon.port(0), Requests.numbered(write, "/v1/secret/data/app/#"), secrets, 64);
    }

    private List<String> paths() {
        return IntStream.range(0, Math.min(secrets, 10_000))
                .mapToObj(i -> "/v1/secret/data/app/" + i)
                .toList();
    }

    /// Everything, as fast as it goes; nobody reads meanwhile.
    private void unthrottled(Daemon daemon) throws IOException, InterruptedException {
        System.err.println("as fast as it goes");
        daemon.ask("PUT", "sys/rotate", "{}");
        long began = System.nanoTime();
        daemon.ask("PUT", "sys/rewrap", "{\"rate\":0}");
        String status = daemon.ask("GET", "sys/rewrap", "");
        while (status.contains("\"under_way\":true")) {
            TimeUnit.MILLISECONDS.sleep(50);
            status = daemon.ask("GET", "sys/rewrap", "");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long values = number(status, "values_moved");
        figures.add("values", (double) values);
        figures.add("rewrap", values / seconds);
        int bytes = (int) (number(status, "bytes_moved") / Math.max(1, values));
        figures.add("bytes", bytes);
        for (int i = 0; i < 5; i++) {
            figures.add("alone", alone(bytes));
        }
    }

    /// Decrypts and encrypts values of a length, on this thread.
    private static double alone(int bytes) {
        SecureRandom random = new SecureRandom();
        byte[] nonce = new byte[Algorithm.XAES_256_GCM.nonceBytes()];
        byte[] context = new byte[120];
        try (Secret one = Secret.random(Algorithm.KEY_BYTES, random);
                Secret two = Secret.random(Algorithm.KEY_BYTES, random);
                AeadKey old = AeadKey.of(Algorithm.XAES_256_GCM, one);
                AeadKey fresh = AeadKey.of(Algorithm.XAES_256_GCM, two)) {
            byte[] value = old.encrypt(nonce, new byte[Math.max(1, bytes - 45)], context);
            long began = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - began < 1_000_000_000L) {
                byte[] plain = old.decrypt(nonce, value, context);
                byte[] next = new byte[nonce.length];
                random.nextBytes(next);
                fresh.encrypt(next, plain, context);
                count++;
            }
            return count * 1e9 / (System.nanoTime() - began);
        }
    }

    private static long number(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private void print() {
        row(ALONE, figures.median(ALONE), "");
        row(BESIDE, figures.median(BESIDE), "");
        System.out.printf(
                Locale.ROOT, "%-44s%12.3f   aim 0.90%n", "  of them alone, by round", figures.ratio(BESIDE, ALONE));
        row("values moved/s meanwhile", figures.median("rate"), "");
        row("percent of the limit that was used", figures.median("throttle"), "");
        row("values moved as fast as it goes", figures.median("values"), "");
        row("values moved/s", figures.median("rewrap"), "");
        row("decrypted and encrypted/s, one thread", figures.median("alone"), "");
        System.out.printf(
                Locale.ROOT,
                "%-44s%12.2f   aim 0.40%n",
                "  the rewrap of that",
                figures.median("rewrap") / figures.median("alone"));
    }

    private static void row(String name, double value, String aim) {
        System.out.printf(Locale.ROOT, "%-44s%12.0f%s%n", name, value, aim);
    }
}
