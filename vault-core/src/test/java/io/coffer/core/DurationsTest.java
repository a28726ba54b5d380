// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final Map<String, Duration> READ = Map.ofEntries(
            Map.entry("", Duration.ZERO),
            Map.entry("0", Duration.ZERO),
            Map.entry("90", Duration.ofSeconds(90)),
            Map.entry("007", Duration.ofSeconds(7)),
            Map.entry("7d", Duration.ofDays(7)),
            Map.entry("768h", Duration.ofHours(768)),
            Map.entry("1h30m", Duration.ofMinutes(90)),
            Map.entry("1.5h", Duration.ofMinutes(90)),
            Map.entry(".5s", Duration.ofMillis(500)),
            Map.entry("1.s", Duration.ofSeconds(1)),
            Map.entry("30m1h", Duration.ofMinutes(90)),
            Map.entry("250ms", Duration.ofMillis(250)),
            Map.entry("3us", Duration.ofNanos(3_000)),
            Map.entry("3µs", Duration.ofNanos(3_000)),
            Map.entry("3μs", Duration.ofNanos(3_000)),
            Map.entry("12ns", Duration.ofNanos(12)),
            Map.entry("1.9ns", Duration.ofNanos(1)),
            Map.entry("-1", Duration.ofSeconds(-1)),
            Map.entry("-1h30m", Duration.ofMinutes(-90)),
            Map.entry("+5s", Duration.ofSeconds(5)),
            Map.entry("-2d", Duration.ofDays(-2)),
            Map.entry("9223372036854775807ns", Duration.ofNanos(Long.MAX_VALUE)),
            Map.entry("-9223372036854775808ns", Duration.ofNanos(Long.MIN_VALUE)),
            Map.entry("9223372036", Duration.ofSeconds(9_223_372_036L)),
            Map.entry("106751d", Duration.ofDays(106_751)));

    private static final List<String> REFUSED = List.of(
            "soon",
            "1x",
            "1d12h",
            "12h1d",
            "1.5d",
            "h",
            " 1",
            "1 ",
            "1h 30m",
            "1h30",
            "1.5",
            "--1",
            "-",
            "+",
            ".",
            ".s",
            "1..5s",
            "d",
            "-d",
            "1H",
            "1e3s",
            "٣s",
            "٣",
            "1h-30m",
            "9223372036854775808ns",
            "9223372037",
            "106752d",
            "292y",
            "99999999999999999999999999999999",
            "1".repeat(65),
            "0x10",
            "1_000",
            "NaN",
            "null");

    private static final Map<Duration, String> SHOWN = Map.ofEntries(
            Map.entry(Duration.ZERO, "0s"),
            Map.entry(Duration.ofHours(1), "1h0m0s"),
            Map.entry(Duration.ofMinutes(1), "1m0s"),
            Map.entry(Duration.ofSeconds(59), "59s"),
            Map.entry(Duration.ofSeconds(12_319), "3h25m19s"),
            Map.entry(Duration.ofHours(768), "768h0m0s"),
            Map.entry(Duration.ofMillis(1_500), "1.5s"),
            Map.entry(Duration.ofMillis(60_250), "1m0.25s"),
            Map.entry(Duration.ofMillis(250), "250ms"),
            Map.entry(Duration.ofNanos(1_500_000), "1.5ms"),
            Map.entry(Duration.ofNanos(1_500), "1.5µs"),
            Map.entry(Duration.ofNanos(100_000), "100µs"),
            Map.entry(Duration.ofNanos(999), "999ns"),
            Map.entry(Duration.ofNanos(1), "1ns"),
            Map.entry(Duration.ofMinutes(-90), "-1h30m0s"),
            Map.entry(Duration.ofMillis(-1_500), "-1.5s"),
            Map.entry(Duration.ofNanos(Long.MAX_VALUE), "2562047h47m16.854775807s"),
            Map.entry(Duration.ofNanos(Long.MIN_VALUE), "-2562047h47m16.854775808s"));

    @Test
    void everyFormThatClientsWriteIsRead() {
        READ.forEach((text, length) ->
                assertThat(Durations.parse(text)).as("'%s'", text).contains(length));
    }

    @Test
    void anythingElseIsRefused() {
        for (String text : REFUSED) {
            assertThat(Durations.parse(text)).as("'%s'", text).isEmpty();
        }
    }

    @Test
    void lengthsAreShownAsTheFieldShowsThem() {
        SHOWN.forEach((length, text) -> assertThat(Durations.format(length)).isEqualTo(text));
    }

    @Test
    void whatIsShownIsReadAsTheSameLength() {
        long seed = 20_251_124L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Duration length = Duration.ofNanos(random.nextLong() >> random.nextInt(64));
            String text = Durations.format(length);
            assertThat(Durations.parse(text)).as("seed %d: %s", seed, text).contains(length);
        }
    }

    @Test
    void secondsBeyondTheRangeAreNoLength() {
        assertThat(Durations.ofSeconds(9_223_372_036L)).contains(Duration.ofSeconds(9_223_372_036L));
        assertThat(Durations.ofSeconds(9_223_372_037L)).isEmpty();
        assertThat(Durations.ofSeconds(-9_223_372_037L)).isEmpty();
        assertThat(Durations.ofSeconds(Long.MAX_VALUE)).isEmpty();
        assertThat(Durations.ofSeconds(Long.MIN_VALUE)).isEmpty();
    }
}
