// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.Seed;
import io.coffer.server.config.ResponseHeaders;
import io.coffer.server.config.Timeouts;
import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is sent, the daemon answers what has an answer, closes the rest, and goes on.
@Timeout(300)
final class HostileInputTest {
    private static final int LANES = 24;
    private static final int REQUESTS_OF_A_LANE = 80;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

    /// Ends what the request before it left open, or is a part of it.
    private static final String LAST = "GET /v1/sys/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static final Duration SHORT = Duration.ofMillis(300);

    /// So short that a request which lacks its end, or has eaten the last one, costs little time.
    private static final Traffic IMPATIENT = new Traffic(
            Traffic.DEFAULT_REQUEST_SIZE,
            Duration.ofSeconds(30),
            new Timeouts(SHORT, SHORT, Duration.ZERO, SHORT),
            ResponseHeaders.NONE,
            false);

    @Test
    void nothingThatIsSentIsAnsweredWithADefectOrStopsTheDaemon() throws Exception {
        long seed = Seed.printed();
        try (RunningServer running = new RunningServer(IMPATIENT);
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            assertThat(running.ask("POST", "sys/mounts/secret", "{\"type\":\"kv-v2\"}")
                            .status())
                    .isEqualTo(204);
            List<Future<Integer>> ends = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                long own = seed + lane;
                ends.add(lanes.submit(() -> attack(running, own)));
            }
            int answered = 0;
            for (Future<Integer> end : ends) {
                answered += end.get();
            }
            assertThat(answered).isGreaterThan(LANES * REQUESTS_OF_A_LANE * 3 / 4);
            assertThat(running.events).noneMatch(event -> event instanceof Event.RequestCrashed);
            assertThat(running.ask("PUT", "secret/data/good", "{\"data\":{\"a\":1}}")
                            .status())
                    .isEqualTo(200);
        }
    }

    /// @return how many were answered at all
    private static int attack(RunningServer running, long seed) throws IOException {
        HostileInput input = new HostileInput(seed);
        int answered = 0;
        for (int i = 0; i < REQUESTS_OF_A_LANE; i++) {
            byte[] sent = input.next();
            String answers = answers(running, sent);
            String what = "seed " + seed + ", request " + i + ": " + shown(sent) + " answered " + answers;
            Matcher status = STATUS.matcher(answers);
            while (status.find()) {
                assertThat(status.group(1)).as(what).matches("[1-4]..|503");
            }
            assertThat(answers).as(what).doesNotContain("Exception", "io.coffer", "java.", "\tat ");
            answered += answers.startsWith("HTTP/1.") ? 1 : 0;
            assertThat(running.ask("GET", "sys/health", "").status()).as(what).isEqualTo(200);
        }
        return answered;
    }

    /// All that comes back until the server closes.
    private static String answers(RunningServer running, byte[] sent) throws IOException {
        try (Raw raw = running.connect()) {
            try {
                raw.send(sent);
                raw.send(LAST);
            } catch (SocketException refused) {
                // The answer may be there all the same.
                return new String(raw.rest(), StandardCharsets.ISO_8859_1);
            }
            return new String(raw.rest(), StandardCharsets.ISO_8859_1);
        } catch (IOException open) {
            throw new IOException(shown(sent) + " is " + open.getMessage(), open);
        }
    }

    private static String shown(byte[] sent) {
        String text = new String(sent, StandardCharsets.ISO_8859_1);
        return text.length() < 400 ? text : text.substring(0, 400) + "…";
    }
}
