// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bodies as large as they may be, made to take as much memory as they can, sent to a daemon with the heap that
/// scripts/coffer gives it. There one `OutOfMemoryError` is the end of it.
@Timeout(300)
final class FullHeapTest {
    private static final int MOST_BYTES = 31 << 20;
    private static final int CLIENTS = 6;

    @TempDir
    Path room;

    @Test
    void nobodyWithoutATokenFillsTheHeap() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room))) {
            String token = daemon.initialize().token();
            daemon.ask("POST", "sys/auth/userpass", token, "{\"type\":\"userpass\"}");
            for (String item : List.of("1", "{}", "[]", "null", "\"\"")) {
                String body = "{\"key\":[" + (item + ",").repeat(MOST_BYTES / (item.length() + 1) - 10) + item + "]}";
                for (String path : List.of("sys/unseal", "auth/userpass/login/ann")) {
                    HttpResponse<String> answer = daemon.ask("PUT", path, "", body);
                    assertThat(answer.statusCode()).as(path + item).isEqualTo(400);
                    assertThat(answer.body()).as(path + item).contains("high complexity");
                }
            }
            assertUnharmed(daemon);
        }
    }

    @Test
    void manyLargeValuesAtOnceAreWrittenOrRefused() throws Exception {
        // Two bytes each on the heap, and three as they are sent and stored.
        String large = "\"" + "\u6f22".repeat(300_000) + "\"";
        StringBuilder body = new StringBuilder("{\"0\":").append(large);
        for (int i = 1; (i + 1) * 900_010L < MOST_BYTES; i++) {
            body.append(",\"").append(i).append("\":").append(large);
        }
        String sent = body.append('}').toString();
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room));
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            String token = daemon.initialize().token();
            daemon.ask("POST", "sys/mounts/kv", token, "{\"type\":\"kv\"}");
            List<Future<Integer>> written = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String path = "kv/" + i;
                written.add(clients.submit(() -> write(daemon, path, token, sent)));
            }
            for (Future<Integer> one : written) {
                one.get();
            }
            assertUnharmed(daemon);
            // All of a crowd may be refused, as each takes room for what has come of its body. One alone always fits.
            assertThat(write(daemon, "kv/alone", token, sent)).isPositive();
            assertUnharmed(daemon);
        }
    }

    /// @return how often it was written
    private static int write(DaemonProcess daemon, String path, String token, String body) throws Exception {
        int written = 0;
        for (int i = 0; i < 3; i++) {
            try {
                int status = daemon.ask("PUT", path, token, body).statusCode();
                assertThat(status).isIn(204, 503);
                written += status == 204 ? 1 : 0;
            } catch (IOException refusedWhileSending) {
                assertThat(daemon.ask("GET", "sys/health", "", "").statusCode()).isEqualTo(200);
            }
        }
        return written;
    }

    private static void assertUnharmed(DaemonProcess daemon) throws Exception {
        assertThat(daemon.ask("GET", "sys/health", "", "").statusCode()).isEqualTo(200);
        assertThat(daemon.output()).doesNotContain("OutOfMemoryError").doesNotContain("defect");
    }
}
