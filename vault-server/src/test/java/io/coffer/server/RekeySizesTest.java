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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rekeys of one store from size to size, to the largest and the smallest and back, each while clients read
/// and write, and each followed by a kill.
@Timeout(600)
final class RekeySizesTest {
    private static final int CLIENTS = 8;
    private static final List<Size> SIZES = List.of(new Size(4, 2), new Size(1, 1), new Size(255, 128), new Size(5, 3));

    private static final Size FIRST = new Size(5, 3);

    private record Size(int shares, int threshold) {
        String json() {
            return "{\"secret_shares\":%d,\"secret_threshold\":%d}".formatted(shares, threshold);
        }
    }

    @TempDir
    Path room;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private String token = "";

    @Test
    void noRequestFailsAndAfterAKillTheNewSharesAloneOpenTheStore() throws Exception {
        String configuration = DaemonProcess.configuration(room);
        List<String> shares;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            shares = initialize(daemon);
        }
        List<String> former = List.of();
        List<Integer> acknowledged = List.of();
        Size size = FIRST;
        for (int round = 0; round < SIZES.size(); round++) {
            Size next = SIZES.get(round);
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                check(daemon, former, round, acknowledged, shares, size);
                AtomicBoolean enough = new AtomicBoolean();
                List<Future<Integer>> running = load(daemon, enough);
                former = shares;
                shares = rekey(daemon, former, size, next);
                size = next;
                enough.set(true);
                acknowledged = ended(running);
                daemon.kill();
            }
        }
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            check(daemon, former, SIZES.size(), acknowledged, shares, size);
        }
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    private List<String> initialize(DaemonProcess daemon) throws Exception {
        String init = daemon.ask("PUT", "sys/init", "", FIRST.json()).body();
        token = DaemonProcess.field(init, "root_token");
        unseal(daemon, keys(init), FIRST);
        daemon.ask("POST", "sys/mounts/one", token, "{\"type\":\"kv\"}");
        return keys(init);
    }

    /// What holds after a restart.
    private void check(
            DaemonProcess daemon,
            List<String> former,
            int generation,
            List<Integer> acknowledged,
            List<String> shares,
            Size size)
            throws Exception {
        assertRefused(daemon, former, generation);
        unseal(daemon, shares, size);
        for (int client = 0; client < acknowledged.size(); client++) {
            assertThat(read(daemon, client)).contains("\"data\":{\"n\":" + acknowledged.get(client) + "}");
        }
    }

    private List<Future<Integer>> load(DaemonProcess daemon, AtomicBoolean enough) {
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            running.add(clients.submit(() -> readAndWrite(daemon, client, enough)));
        }
        return running;
    }

    /// @return the last value that was acknowledged
    private int readAndWrite(DaemonProcess daemon, int client, AtomicBoolean enough) throws Exception {
        int n = 0;
        while (!enough.get() || n == 0) {
            n++;
            HttpResponse<String> written = daemon.ask("PUT", "one/" + client, token, "{\"n\":" + n + "}");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            assertThat(read(daemon, client)).contains("\"data\":{\"n\":" + n + "}");
        }
        return n;
    }

    private static List<Integer> ended(List<Future<Integer>> running) throws Exception {
        List<Integer> acknowledged = new ArrayList<>();
        for (Future<Integer> client : running) {
            acknowledged.add(client.get());
        }
        return acknowledged;
    }

    private String read(DaemonProcess daemon, int client) throws Exception {
        return daemon.ask("GET", "one/" + client, token, "").body();
    }

    /// @return the new shares, which alone open the store
    private List<String> rekey(DaemonProcess daemon, List<String> shares, Size size, Size next) throws Exception {
        String init = daemon.ask("PUT", "sys/rekey/init", token, next.json()).body();
        String nonce = DaemonProcess.field(init, "nonce");
        String answer = "";
        for (String share : shares.subList(0, size.threshold())) {
            String body = "{\"key\":\"" + share + "\",\"nonce\":\"" + nonce + "\"}";
            HttpResponse<String> offered = daemon.ask("PUT", "sys/rekey/update", token, body);
            assertThat(offered.statusCode()).as(offered.body()).isEqualTo(200);
            answer = offered.body();
        }
        List<String> fresh = keys(answer);
        assertThat(fresh).hasSize(next.shares());
        while (daemon.ask("GET", "sys/rekey/init", token, "").body().contains("previous_generation")) {
            Thread.onSpinWait();
        }
        return fresh;
    }

    private static void unseal(DaemonProcess daemon, List<String> shares, Size size) throws Exception {
        String answer = "";
        for (String share : shares.subList(shares.size() - size.threshold(), shares.size())) {
            answer = daemon.ask("PUT", "sys/unseal", "", "{\"key\":\"" + share + "\"}")
                    .body();
        }
        assertThat(answer).contains("\"sealed\":false");
    }

    private static void assertRefused(DaemonProcess daemon, List<String> former, int generation) throws Exception {
        for (String share : former) {
            HttpResponse<String> answer = daemon.ask("PUT", "sys/unseal", "", "{\"key\":\"" + share + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("a share of generation " + generation + "; the current one is " + (generation + 1));
        }
    }

    private static List<String> keys(String json) {
        assertThat(json).contains("\"keys\":[");
        String keys = json.replaceFirst("(?s)^.*\"keys\":\\[([^\\]]*)\\].*$", "$1");
        return Stream.of(keys.split(",")).map(key -> key.replace("\"", "")).toList();
    }
}
