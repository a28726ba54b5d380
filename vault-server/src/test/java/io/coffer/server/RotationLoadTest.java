// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon rotates its keys again and again while 64 connections read and write, and is killed at the end.
/// More often: {@code -Dcoffer.rotations=200}.
@Timeout(3_600)
final class RotationLoadTest {
    private static final int ROTATIONS = Integer.getInteger("coffer.rotations", 20);
    private static final int CLIENTS = 64;

    @TempDir
    Path room;

    @Test
    void noRequestFailsAndEveryAcknowledgedValueReadsBeforeAndAfterAKill() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        String configuration = DaemonProcess.configuration(room);
        DaemonProcess.Keys keys;
        List<Integer> acknowledged = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/one", keys.token(), "{\"type\":\"kv\"}");
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                running.add(clients.submit(() -> readAndWrite(daemon, keys.token(), client, enough)));
            }
            int first = term(daemon, keys.token());
            for (int i = 1; i <= ROTATIONS; i++) {
                assertThat(daemon.ask("POST", "sys/rotate", keys.token(), "").statusCode())
                        .isEqualTo(204);
                assertThat(term(daemon, keys.token())).isEqualTo(first + i);
            }
            enough.set(true);
            for (Future<Integer> client : running) {
                acknowledged.add(client.get());
            }
            check(daemon, keys.token(), acknowledged);
            daemon.kill();
        } finally {
            clients.shutdownNow();
        }
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            daemon.unseal(keys);
            check(daemon, keys.token(), acknowledged);
            assertThat(term(daemon, keys.token())).isEqualTo(1 + ROTATIONS);
        }
    }

    /// @return the last value that was acknowledged
    private static int readAndWrite(DaemonProcess daemon, String token, int client, AtomicBoolean enough)
            throws Exception {
        int n = 0;
        while (!enough.get() || n == 0) {
            n++;
            HttpResponse<String> written = daemon.ask("PUT", "one/" + client, token, "{\"n\":" + n + "}");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            HttpResponse<String> read = daemon.ask("GET", "one/" + client, token, "");
            assertThat(read.body()).contains("\"data\":{\"n\":" + n + "}");
        }
        return n;
    }

    private static void check(DaemonProcess daemon, String token, List<Integer> acknowledged) throws Exception {
        for (int client = 0; client < CLIENTS; client++) {
            assertThat(daemon.ask("GET", "one/" + client, token, "").body())
                    .contains("\"data\":{\"n\":" + acknowledged.get(client) + "}");
        }
    }

    private static int term(DaemonProcess daemon, String token) throws Exception {
        return DaemonProcess.number(
                daemon.ask("GET", "sys/key-status", token, "").body(), "term");
    }
}
