// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose disk takes nothing more: for the process, since the system lets none of its files grow any further.
@Timeout(180)
@EnabledOnOs(OS.LINUX)
final class FullDiskTest {
    /// In blocks of 512 bytes, or 1024 of some shells: 2 or 4 MiB.
    private static final List<String> SMALL_FILES = List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh");

    private static final int MAX_WRITES = 2_000;

    @TempDir
    Path room;

    private final List<Integer> acknowledged = new ArrayList<>();

    @Test
    void afterTheDiskFailedNothingIsAcknowledgedHealthSaysSoAndARestartHasAllThatWas() throws Exception {
        DaemonProcess.Keys keys;
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room), SMALL_FILES)) {
            keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/kv", keys.token(), "{\"type\":\"kv\"}");
            HttpResponse<String> refusal = writeUntilRefused(daemon, keys.token());
            assertThat(refusal.statusCode()).isEqualTo(500);
            assertThat(refusal.body()).contains("\"errors\"").doesNotContain("Exception");

            HttpResponse<String> health = daemon.ask("GET", "sys/health", "", "");
            assertThat(health.statusCode()).isEqualTo(500);
            assertThat(health.body()).contains("\"storage_error\":true");
            for (String path : List.of("kv/small", "sys/mounts/other", "kv/n0")) {
                assertThat(daemon.ask("PUT", path, keys.token(), "{\"type\":\"kv\"}")
                                .statusCode())
                        .as(path)
                        .isGreaterThanOrEqualTo(500);
            }
            assertThat(daemon.output()).contains("storage has failed");
            daemon.signal("TERM");
            assertThat(daemon.exit()).isZero();
        }
        try (DaemonProcess again = DaemonProcess.start(room, DaemonProcess.configuration(room))) {
            again.unseal(keys);
            assertThat(again.ask("GET", "sys/health", "", "").statusCode()).isEqualTo(200);
            for (int i : acknowledged) {
                assertThat(again.ask("GET", "kv/n" + i, keys.token(), "").body())
                        .contains("\"i\":" + i + ",");
            }
            assertThat(again.ask("PUT", "kv/small", keys.token(), "{\"a\":1}").statusCode())
                    .isEqualTo(204);
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private HttpResponse<String> writeUntilRefused(DaemonProcess daemon, String token) throws Exception {
        Random dice = new Random(Seed.printed());
        for (int i = 0; i < MAX_WRITES; i++) {
            HttpResponse<String> answer = daemon.ask("PUT", "kv/n" + i, token, value(i, dice.nextInt(60_000)));
            if (answer.statusCode() != 204) {
                return answer;
            }
            acknowledged.add(i);
        }
        throw new AssertionError("the disk is not full after " + MAX_WRITES + " writes");
    }

    private static String value(int i, int bytes) {
        return "{\"i\":" + i + ",\"filler\":\"" + "x".repeat(bytes) + "\"}";
    }
}
