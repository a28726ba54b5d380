// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The daemon is killed at a moment that nobody chose, in the middle of a rekey or a rotation and of what
/// follows it, while somebody writes; again and again over one store. Some set of shares opens it, two do
/// only while the status says so and one after that, and every value reads. More often: {@code
/// -Dcoffer.ceremony.kills=100}.
@Timeout(3_600)
final class CeremonyKillTest {
    private static final int KILLS = Integer.getInteger("coffer.ceremony.kills", 2);
    private static final int MOUNTS = 4;
    private static final Pattern TERM = Pattern.compile("\"data\":\\{\"term\":([0-9]+)");
    private static final Pattern VALUE = Pattern.compile("\"data\":\\{\"n\":([0-9]+)\\}");

    @TempDir
    Path room;

    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(2);
    private String token = "";
    private List<String> shares = List.of();
    private Run run = new Run(List.of(), false);
    private volatile int tried;
    private volatile int acknowledged;

    enum Way {
        PLAIN,
        VERIFIED,
        ROTATION
    }

    /// What a client has of a rekey that was cut off.
    ///
    /// @param fresh the new shares, if they have arrived
    /// @param ended whether the daemon has said that they alone open the store
    private record Run(List<String> fresh, boolean ended) {}

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void someSetOfSharesOpensTheStoreAndEveryValueReads(Way way) throws Exception {
        long seed = System.nanoTime();
        System.out.println(way + ", seed " + seed);
        Random dice = new Random(seed);
        String configuration = DaemonProcess.configuration(room);
        long length;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            fill(daemon);
            long start = System.nanoTime();
            cutOff(daemon, way, true);
            length = System.nanoTime() - start;
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                check(daemon);
                var killed = clients.schedule(() -> killed(daemon), dice.nextLong(2 * length), TimeUnit.NANOSECONDS);
                var written = clients.submit(() -> write(daemon));
                cutOff(daemon, way, false);
                killed.get();
                written.get();
                daemon.exit();
            }
        }
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            check(daemon);
            cutOff(daemon, way, true);
        }
    }

    private static boolean killed(DaemonProcess daemon) throws Exception {
        daemon.signal("KILL");
        return true;
    }

    private void fill(DaemonProcess daemon) throws Exception {
        String init = daemon.ask("PUT", "sys/init", "", "{\"secret_shares\":3,\"secret_threshold\":2}")
                .body();
        token = DaemonProcess.field(init, "root_token");
        shares = keys(init);
        assertThat(opens(daemon, shares)).isTrue();
        for (int i = 0; i < MOUNTS; i++) {
            daemon.ask("POST", "sys/mounts/m" + i, token, "{\"type\":\"kv\"}");
            daemon.ask("PUT", "m" + i + "/k", token, "{\"n\":" + i + "}");
        }
        daemon.ask("PUT", "m0/w", token, "{\"n\":0}");
    }

    /// Does the whole of it, and then asks until the daemon is gone.
    private void cutOff(DaemonProcess daemon, Way way, boolean once) throws Exception {
        run = new Run(List.of(), false);
        try {
            do {
                if (way == Way.ROTATION) {
                    rotate(daemon);
                } else {
                    rekey(daemon, way);
                }
            } while (!once);
        } catch (IOException killed) {
            assertThat(once).isFalse();
        }
    }

    private void rotate(DaemonProcess daemon) throws Exception {
        int before = term(daemon);
        assertThat(daemon.ask("POST", "sys/rotate", token, "").statusCode()).isEqualTo(204);
        assertThat(term(daemon)).isEqualTo(before + 1);
    }

    private void rekey(DaemonProcess daemon, Way way) throws Exception {
        if (run.ended()) {
            shares = run.fresh();
            run = new Run(List.of(), false);
        }
        String init = daemon.ask(
                        "PUT",
                        "sys/rekey/init",
                        token,
                        "{\"secret_shares\":3,\"secret_threshold\":2,\"require_verification\":" + (way == Way.VERIFIED)
                                + "}")
                .body();
        String made = offer(daemon, "update", DaemonProcess.field(init, "nonce"), shares);
        run = new Run(keys(made), false);
        if (way == Way.VERIFIED) {
            String done = offer(daemon, "verify", DaemonProcess.field(made, "verification_nonce"), run.fresh());
            assertThat(done).contains("\"complete\":true");
        }
        while (!run.ended()) {
            String status = daemon.ask("GET", "sys/rekey/init", token, "").body();
            run = new Run(run.fresh(), !status.contains("previous_generation"));
        }
    }

    private String offer(DaemonProcess daemon, String path, String nonce, List<String> of) throws Exception {
        String answer = "";
        for (String share : of.subList(0, 2)) {
            String body = "{\"key\":\"" + share + "\",\"nonce\":\"" + nonce + "\"}";
            answer = daemon.ask("PUT", "sys/rekey/" + path, token, body).body();
        }
        return answer;
    }

    /// What holds after a kill. The daemon is unsealed then, by the shares that go on.
    private void check(DaemonProcess daemon) throws Exception {
        boolean both = daemon.ask("GET", "sys/seal-status", "", "").body().contains("previous_generation");
        boolean byOld = opens(daemon, shares);
        if (byOld) {
            assertReads(daemon);
            daemon.ask("PUT", "sys/seal", token, "");
        }
        boolean byNew = !run.fresh().isEmpty() && opens(daemon, run.fresh());
        assertThat(byOld || byNew).as("some set opens it").isTrue();
        assertThat(byOld && byNew)
                .as("both do only while the status says so")
                .isEqualTo(both && !run.fresh().isEmpty());
        if (run.ended()) {
            assertThat(byNew).isTrue();
        }
        if (byNew) {
            assertReads(daemon);
            daemon.ask("PUT", "sys/seal", token, "");
            assertThat(opens(daemon, shares)).as("the new ones have opened it").isFalse();
            shares = run.fresh();
        }
        assertThat(opens(daemon, shares)).isTrue();
        daemon.ask("DELETE", "sys/rekey/init", token, "");
        term(daemon);
    }

    private static boolean opens(DaemonProcess daemon, List<String> with) throws Exception {
        for (String share : with) {
            String answer = daemon.ask("PUT", "sys/unseal", "", "{\"key\":\"" + share + "\"}")
                    .body();
            if (answer.contains("\"sealed\":false")) {
                return true;
            }
        }
        daemon.ask("PUT", "sys/unseal", "", "{\"reset\":true}");
        return false;
    }

    private void assertReads(DaemonProcess daemon) throws Exception {
        for (int i = 0; i < MOUNTS; i++) {
            assertThat(read(daemon, "m" + i + "/k")).isEqualTo(i);
        }
        assertThat(read(daemon, "m0/w")).isBetween(acknowledged, tried);
    }

    private int read(DaemonProcess daemon, String path) throws Exception {
        String answer = daemon.ask("GET", path, token, "").body();
        Matcher value = VALUE.matcher(answer);
        assertThat(value.find()).as(path + ": " + answer).isTrue();
        return Integer.parseInt(value.group(1));
    }

    private boolean write(DaemonProcess daemon) throws Exception {
        try {
            while (true) {
                int next = tried + 1;
                tried = next;
                HttpResponse<String> answer = daemon.ask("PUT", "m0/w", token, "{\"n\":" + next + "}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
                acknowledged = next;
            }
        } catch (IOException killed) {
            return true;
        }
    }

    private int term(DaemonProcess daemon) throws Exception {
        String status = daemon.ask("GET", "sys/key-status", token, "").body();
        Matcher term = TERM.matcher(status);
        assertThat(term.find()).as(status).isTrue();
        return Integer.parseInt(term.group(1));
    }

    private static List<String> keys(String json) {
        assertThat(json).contains("\"keys\":[");
        String keys = json.replaceFirst("(?s)^.*\"keys\":\\[([^\\]]*)\\].*$", "$1");
        return Stream.of(keys.split(",")).map(key -> key.replace("\"", "")).toList();
    }
}
