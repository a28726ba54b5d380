// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon is initialized and unsealed while others ask it all the time, and while others initialize it too.
@Timeout(120)
class InitUnderLoadTest {
    private static final List<String> PATHS =
            List.of("sys/health", "sys/init", "sys/seal-status", "sys/mounts", "cubbyhole/a", "auth/token/lookup-self");
    private static final int INITIALIZERS = 4;

    @TempDir
    Path room;

    @Test
    void whoeverAsksMeanwhileHasAnAnswerAndOneOfThoseWhoInitializeHasTheKeys() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Set<Integer> seen = new ConcurrentSkipListSet<>();
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room));
                ExecutorService clients = Executors.newFixedThreadPool(PATHS.size() + INITIALIZERS)) {
            List<Future<Integer>> asking = PATHS.stream()
                    .map(path -> clients.submit(() -> {
                        int answers = 0;
                        while (!over.get()) {
                            seen.add(daemon.ask("GET", path, "hvs.Nobody", "").statusCode());
                            answers++;
                        }
                        return answers;
                    }))
                    .toList();
            await().until(() -> seen.contains(501) && seen.contains(503));
            DaemonProcess.Keys keys = keys(daemon, clients);
            daemon.unseal(keys);
            assertThat(daemon.ask("GET", "sys/mounts", keys.token(), "").statusCode())
                    .isEqualTo(200);
            await().until(() -> seen.contains(403));
            over.set(true);
            for (Future<Integer> each : asking) {
                assertThat(each.get()).isPositive();
            }
            assertThat(seen).containsExactlyInAnyOrder(200, 403, 501, 503);
            assertThat(daemon.output()).doesNotContain("defect").doesNotContain("Exception");
        }
    }

    private static DaemonProcess.Keys keys(DaemonProcess daemon, ExecutorService clients) throws Exception {
        List<Future<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < INITIALIZERS; i++) {
            running.add(clients.submit(
                    () -> daemon.ask("PUT", "sys/init", "", "{\"secret_shares\":1,\"secret_threshold\":1}")));
        }
        List<String> made = new ArrayList<>();
        for (Future<HttpResponse<String>> each : running) {
            HttpResponse<String> answer = each.get();
            if (answer.statusCode() == 200) {
                made.add(answer.body());
            } else {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            }
        }
        assertThat(made).hasSize(1);
        return new DaemonProcess.Keys(
                DaemonProcess.field(made.getFirst(), "keys_base64"),
                DaemonProcess.field(made.getFirst(), "root_token"));
    }
}
