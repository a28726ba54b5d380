// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients take wrapped answers, several each, while the daemon is killed; then all of them try once more.
@Timeout(300)
class UnwrapProcessKillTest {
    private static final int KILLS = Integer.getInteger("coffer.unwrap.kills", 3);
    private static final int ANSWERS = 300;
    private static final int CLIENTS = 4;

    @TempDir
    Path room;

    /// A wrapped answer, and how often somebody got it.
    private record Lying(String token, AtomicInteger taken) {
        void take(DaemonProcess daemon, String secret) throws Exception {
            String body = daemon.ask("PUT", "sys/wrapping/unwrap", token, "").body();
            taken.addAndGet(body.contains(secret) ? 1 : 0);
        }
    }

    @Test
    void nobodyGetsAnAnswerTwiceAcrossKills() throws Exception {
        long seed = Seed.printed();
        Random dice = new Random(seed);
        DaemonProcess.Keys keys;
        String configuration = DaemonProcess.configuration(room);
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
        }
        for (int kill = 0; kill < KILLS; kill++) {
            List<Lying> all = new ArrayList<>();
            String secret = "secret-" + kill;
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                for (int i = 0; i < ANSWERS; i++) {
                    all.add(wrapped(daemon, keys.token(), secret));
                }
                AtomicInteger next = new AtomicInteger();
                Crowd.Client client = () -> {
                    int mine = next.getAndIncrement();
                    if (mine < ANSWERS) {
                        all.get(mine).take(daemon, secret);
                    }
                    return mine < ANSWERS;
                };
                new Crowd(daemon, Collections.nCopies(CLIENTS, client)).killAfter(1 + dice.nextInt(ANSWERS - CLIENTS));
            }
            int before = taken(all);
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                takeAll(daemon, all, secret);
                takeAll(daemon, all, secret);
            }
            assertThat(all)
                    .as("seed %d, kill %d", seed, kill)
                    .allMatch(one -> one.taken().get() <= 1);
            assertThat(taken(all)).as("%d before the kill", before).isBetween(ANSWERS - CLIENTS, ANSWERS);
        }
    }

    private static Lying wrapped(DaemonProcess daemon, String token, String secret) throws Exception {
        HttpResponse<String> answer =
                daemon.ask("POST", "sys/wrapping/wrap", token, "{\"a\":\"" + secret + "\"}", "X-Vault-Wrap-TTL", "600");
        return new Lying(DaemonProcess.field(answer.body(), "token"), new AtomicInteger());
    }

    private static int taken(List<Lying> all) {
        return all.stream().mapToInt(one -> one.taken().get()).sum();
    }

    private static void takeAll(DaemonProcess daemon, List<Lying> all, String secret) throws Exception {
        for (Lying one : all) {
            one.take(daemon, secret);
        }
    }
}
