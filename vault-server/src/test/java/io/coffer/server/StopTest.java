// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How a daemon that is a process of its own ends.
@Timeout(180)
@EnabledOnOs(OS.LINUX)
final class StopTest {
    private static final int INT = 2;

    @TempDir
    Path room;

    private String configuration() {
        return DaemonProcess.configuration(room) + """
                listener "unix" { address = "%1$s/socket" }
                pid_file = "%1$s/pid"
                """.formatted(room);
    }

    @Test
    void onSigtermWhatIsUnderWayIsAnsweredAndWhatWasAcknowledgedIsThereAgain() throws Exception {
        DaemonProcess.Keys keys;
        List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration())) {
            assertThat(room.resolve("pid")).hasContent(Long.toString(daemon.pid()));
            keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/kv", keys.token(), "{\"type\":\"kv\"}");
            stopWhileBusy(daemon, keys.token(), acknowledged);
            assertThat(room.resolve("pid")).doesNotExist();
            assertThat(room.resolve("socket")).doesNotExist();
            assertThat(daemon.output()).contains("vault is sealed").doesNotContain("[ERROR]");
        }
        try (DaemonProcess again = DaemonProcess.start(room, configuration())) {
            assertThat(again.ask("GET", "kv/slow", keys.token(), "").statusCode())
                    .isEqualTo(503);
            again.unseal(keys);
            assertThat(again.ask("GET", "kv/slow", keys.token(), "").body()).contains("\"data\":{\"a\":1}");
            for (int i : acknowledged) {
                assertThat(again.ask("GET", "kv/n" + i, keys.token(), "").body())
                        .contains("\"data\":{\"i\":" + i + "}");
            }
        }
    }

    private static void stopWhileBusy(DaemonProcess daemon, String token, List<Integer> acknowledged) throws Exception {
        Thread writer = Thread.ofPlatform().start(() -> write(daemon, token, acknowledged));
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            send(
                    slow,
                    "PUT /v1/kv/slow HTTP/1.1\r\nHost: x\r\nX-Vault-Token: " + token
                            + "\r\nContent-Length: 7\r\n\r\n{\"a\"");
            await().until(() -> acknowledged.size() > 20);
            daemon.signal("TERM");
            await().until(() -> refuses(daemon.port()));
            send(slow, ":1}");
            assertThat(new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 204");
            assertThat(daemon.exit()).isZero();
            assertThat(idle.getInputStream().read()).isNegative();
        }
        writer.join();
    }

    /// Writes until it is refused.
    private static void write(DaemonProcess daemon, String token, List<Integer> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                if (daemon.ask("PUT", "kv/n" + i, token, "{\"i\":" + i + "}").statusCode() != 204) {
                    return;
                }
                acknowledged.add(i);
            }
        } catch (Exception stopped) {
            return;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static boolean refuses(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void sigintEndsItAsWell() throws Exception {
        assumeFalse(DaemonProcess.ignored(INT), "the caller ignores SIGINT");
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration())) {
            daemon.signal("INT");
            assertThat(daemon.exit()).isZero();
        }
    }

    @Test
    void whatAKilledDaemonLeftBehindIsNoObstacleAndWhatARunningOneHoldsIs() throws Exception {
        try (DaemonProcess killed = DaemonProcess.start(room, configuration())) {
            killed.signal("KILL");
            assertThat(killed.exit()).isEqualTo(128 + 9);
            assertThat(room.resolve("pid")).exists();
            assertThat(room.resolve("socket")).exists();
        }
        try (DaemonProcess first = DaemonProcess.start(room, configuration())) {
            assertThat(room.resolve("pid")).hasContent(Long.toString(first.pid()));
            assertThat(Files.getPosixFilePermissions(room.resolve("socket")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            try (DaemonProcess second = DaemonProcess.start(room, configuration())) {
                assertThat(second.exit()).isEqualTo(1);
                assertThat(second.output()).contains("Error: ").doesNotContain("Exception");
            }
            assertThat(room.resolve("pid")).hasContent(Long.toString(first.pid()));
            assertThat(first.ask("GET", "sys/health", "", "").statusCode()).isEqualTo(501);
        }
    }

    @Test
    void aPidFileThatCannotBeWrittenStopsTheStart() throws Exception {
        String nowhere = configuration().replace("/pid\"", "/nowhere/pid\"");
        try (DaemonProcess daemon = DaemonProcess.start(room, nowhere)) {
            assertThat(daemon.exit()).isEqualTo(1);
            assertThat(daemon.output()).contains("pid_file").contains("cannot be written");
        }
        assertThatThrownBy(() -> Files.readString(room.resolve("nowhere/pid"))).isInstanceOf(IOException.class);
    }
}
