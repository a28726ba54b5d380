// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed while clients write, started, unsealed and asked for everything, again and again
/// over one store. More often: {@code -Dcoffer.kills=200}.
@Timeout(3_600)
final class KillTest {
    private static final int KILLS = Integer.getInteger("coffer.kills", 3);
    private static final int WRITERS = 16;
    private static final Pattern VALUE = Pattern.compile("\"data\":\\{\"n\":([0-9]+),\"twin\":\"([x0-9]*)\"}");

    @TempDir
    Path room;

    private final List<Secret> secrets = new ArrayList<>();

    /// One secret, written by one client at a time, so that what it may hold is known to one number.
    private static final class Secret {
        private final String name;
        private int tried;
        private int acknowledged;

        Secret(String name) {
            this.name = name;
        }

        private static String value(int n) {
            return "{\"n\":" + n + ",\"twin\":\"" + n + "x".repeat(n % 700) + "\"}";
        }

        /// Writes the next value to both engines in turn, each time another whole one.
        ///
        /// @return whether it was acknowledged
        private boolean write(DaemonProcess daemon, String token) throws Exception {
            tried++;
            String body = value(tried);
            HttpResponse<String> first = daemon.ask("PUT", "one/" + name, token, body);
            HttpResponse<String> second = daemon.ask("POST", "two/data/" + name, token, "{\"data\":" + body + "}");
            boolean written = first.statusCode() == 204 && second.statusCode() == 200;
            if (written) {
                acknowledged = tried;
            }
            return written;
        }

        /// What is there now is a whole value, not older than what was acknowledged, not newer than what was tried.
        private void check(DaemonProcess daemon, String token) throws Exception {
            int one = whole(daemon.ask("GET", "one/" + name, token, ""));
            int two = whole(daemon.ask("GET", "two/data/" + name, token, ""));
            assertThat(one).as("one/" + name).isBetween(acknowledged, tried);
            assertThat(two).as("two/" + name).isBetween(acknowledged, tried);
            HttpResponse<String> metadata = daemon.ask("GET", "two/metadata/" + name, token, "");
            int versions = metadata.statusCode() == 404 ? 0 : DaemonProcess.number(metadata.body(), "current_version");
            assertThat(versions).as("versions of " + name).isBetween(two == 0 ? 0 : 1, tried);
            acknowledged = Math.min(one, two);
        }

        private static int whole(HttpResponse<String> answer) {
            Matcher value = VALUE.matcher(answer.body());
            if (answer.statusCode() == 404) {
                return 0;
            }
            assertThat(value.find()).as(answer.body()).isTrue();
            int n = Integer.parseInt(value.group(1));
            assertThat(answer.body()).contains(value(n));
            return n;
        }
    }

    @Test
    void noAcknowledgedWriteIsLostAndNoneIsHalfThere() throws Exception {
        Random dice = new Random(Seed.printed());
        for (int i = 0; i < WRITERS; i++) {
            secrets.add(new Secret("writer/" + i));
        }
        String configuration = DaemonProcess.configuration(room);
        DaemonProcess.Keys keys;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/one", keys.token(), "{\"type\":\"kv\"}");
            daemon.ask("POST", "sys/mounts/two", keys.token(), "{\"type\":\"kv-v2\"}");
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                assertThat(daemon.ask("GET", "one/writer/0", keys.token(), "").statusCode())
                        .as("sealed after kill %d", kill)
                        .isEqualTo(503);
                daemon.unseal(keys);
                check(daemon, keys.token());
                List<Crowd.Client> writers = new ArrayList<>();
                secrets.forEach(secret -> writers.add(() -> secret.write(daemon, keys.token())));
                new Crowd(daemon, writers).killAfter(1 + dice.nextInt(400));
            }
        }
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            daemon.unseal(keys);
            check(daemon, keys.token());
        }
        assertThat(secrets).anyMatch(secret -> secret.acknowledged > 0);
    }

    private void check(DaemonProcess daemon, String token) throws Exception {
        for (Secret secret : secrets) {
            secret.check(daemon, token);
        }
    }
}
