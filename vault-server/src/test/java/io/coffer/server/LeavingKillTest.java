// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed at a moment that nobody chose while a mount is `disabling`, since its engine needs what it
/// stored to take back what it lent. Everything lent is taken back with that, and then the keys are gone, with a
/// receipt. More often: {@code -Dcoffer.leaving.kills=50}.
@Timeout(1_800)
final class LeavingKillTest {
    private static final int KILLS = Integer.getInteger("coffer.leaving.kills", 3);
    private static final int LENT = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path room;

    private DaemonProcess.Keys keys = new DaemonProcess.Keys("", "");

    @Test
    void everythingLentIsTakenBackWithWhatTheMountStoredAndThenItsKeysAreGone() throws Exception {
        Random dice = new Random(Seed.printed());
        long length;
        try (DaemonProcess daemon = start()) {
            keys = daemon.initialize();
            String scope = lend(daemon, "first");
            long begin = System.nanoTime();
            ask(daemon, "DELETE", "sys/mounts/first");
            assertThat(daemon.ask("GET", "first/lent/x", keys.token(), "").statusCode())
                    .as("refused at once")
                    .isEqualTo(404);
            awaitShredded(daemon, scope);
            length = System.nanoTime() - begin;
            assertTaken("first");
        }
        int seen = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String mount = "kill" + kill;
            String scope;
            try (DaemonProcess daemon = start()) {
                daemon.unseal(keys);
                scope = lend(daemon, mount);
                seen += removeUntilKilled(daemon, mount, scope, dice.nextLong(length)) ? 1 : 0;
            }
            try (DaemonProcess daemon = start()) {
                daemon.unseal(keys);
                ask(daemon, "DELETE", "sys/mounts/" + mount);
                awaitShredded(daemon, scope);
                assertTaken(mount);
            }
        }
        System.out.println("disabling was seen before " + seen + " of " + KILLS + " kills");
    }

    /// Makes a mount that has lent much.
    ///
    /// @return its scope
    private String lend(DaemonProcess daemon, String mount) throws Exception {
        daemon.done("POST", "sys/mounts/" + mount, keys.token(), "{\"type\":\"lending\"}");
        daemon.ask("PUT", mount + "/stored", keys.token(), "{}");
        for (int i = 0; i < LENT; i++) {
            assertThat(ask(daemon, "GET", mount + "/lent/" + mount + "-" + i)).contains("lease_id");
        }
        return DaemonProcess.field(ask(daemon, "GET", "sys/mounts/" + mount), "uuid");
    }

    /// @return whether the list of keys said so before it was killed
    private boolean removeUntilKilled(DaemonProcess daemon, String mount, String scope, long nanos) throws Exception {
        AtomicBoolean disabling = new AtomicBoolean();
        Crowd.Client client = () -> {
            daemon.ask("DELETE", "sys/mounts/" + mount, keys.token(), "");
            String listed =
                    daemon.ask("GET", "sys/keys/" + scope, keys.token(), "").body();
            disabling.compareAndSet(false, listed.contains("\"state\":\"disabling\",\"algorithm"));
            return true;
        };
        new Crowd(daemon, List.of(client)).killAfter(Duration.ofNanos(nanos));
        return disabling.get();
    }

    private void awaitShredded(DaemonProcess daemon, String scope) {
        await().atMost(PATIENCE)
                .until(() -> daemon.ask("GET", "sys/receipts/" + scope, keys.token(), "")
                                .statusCode()
                        == 200);
        await().atMost(PATIENCE)
                .until(() ->
                        daemon.ask("GET", "sys/keys/" + scope, keys.token(), "").statusCode() == 404);
    }

    /// Maybe more than once, if a kill took the note of it away, but never without what the mount stored.
    private void assertTaken(String mount) throws IOException {
        List<String> lines = Files.readAllLines(room.resolve("taken")).stream()
                .filter(line -> line.startsWith(mount + "-"))
                .distinct()
                .toList();
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, LENT)
                        .mapToObj(i -> mount + "-" + i + " with it")
                        .toList());
    }

    private String ask(DaemonProcess daemon, String method, String path) throws Exception {
        return daemon.done(method, path, keys.token(), "").body();
    }

    private DaemonProcess start() throws IOException {
        return DaemonProcess.start(
                room,
                DaemonProcess.configuration(room),
                List.of(),
                List.of("io.coffer.server.LendingDaemon", room.resolve("taken").toString()));
    }
}
