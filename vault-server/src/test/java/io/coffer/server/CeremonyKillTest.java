// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

    @TempDir
    Path room;

    private final KeptValues values = new KeptValues(4, 1);
    private String token = "";
    private List<String> shares = List.of();
    private Run run = new Run(List.of(), false);

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

    @ParameterizedTest
    @EnumSource
    void someSetOfSharesOpensTheStoreAndEveryValueReads(Way way) throws Exception {
        Random dice = new Random(Seed.printed());
        String configuration = DaemonProcess.configuration(room);
        long length;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            fill(daemon);
            long start = System.nanoTime();
            act(daemon, way);
            length = System.nanoTime() - start;
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                check(daemon);
                new Crowd(daemon, List.of(() -> act(daemon, way), () -> values.write(daemon, token)))
                        .killAfter(Duration.ofNanos(dice.nextLong(2 * length)));
            }
        }
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            check(daemon);
            act(daemon, way);
        }
    }

    private void fill(DaemonProcess daemon) throws Exception {
        String init = daemon.ask("PUT", "sys/init", "", "{\"secret_shares\":3,\"secret_threshold\":2}")
                .body();
        token = DaemonProcess.field(init, "root_token");
        shares = keys(init);
        assertThat(opens(daemon, shares)).isTrue();
        values.fill(daemon, token);
    }

    private boolean act(DaemonProcess daemon, Way way) throws Exception {
        if (way == Way.ROTATION) {
            rotate(daemon);
        } else {
            rekey(daemon, way);
        }
        return true;
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
            values.assertRead(daemon, token, "unsealed");
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
            values.assertRead(daemon, token, "unsealed");
            daemon.ask("PUT", "sys/seal", token, "");
            assertThat(opens(daemon, shares)).as("the new ones have opened it").isFalse();
            shares = run.fresh();
        }
        assertThat(opens(daemon, shares)).isTrue();
        daemon.ask("DELETE", "sys/rekey/init", token, "");
        term(daemon);
        run = new Run(List.of(), false);
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

    private int term(DaemonProcess daemon) throws Exception {
        return DaemonProcess.number(
                daemon.ask("GET", "sys/key-status", token, "").body(), "term");
    }

    private static List<String> keys(String json) {
        assertThat(json).contains("\"keys\":[");
        String keys = json.replaceFirst("(?s)^.*\"keys\":\\[([^\\]]*)\\].*$", "$1");
        return Stream.of(keys.split(",")).map(key -> key.replace("\"", "")).toList();
    }
}
