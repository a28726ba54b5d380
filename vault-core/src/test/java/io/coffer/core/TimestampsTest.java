// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    @Test
    void zerosAtTheEndOfAFractionAreLeftOut() {
        String[][] cases = {
            {"2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z"},
            {"2026-03-04T05:06:07.100Z", "2026-03-04T05:06:07.1Z"},
            {"2026-03-04T05:06:07.120300Z", "2026-03-04T05:06:07.1203Z"},
            {"2026-03-04T05:06:07.000000001Z", "2026-03-04T05:06:07.000000001Z"},
            {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
            {"9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"},
            {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
        };
        for (String[] each : cases) {
            assertThat(Timestamps.format(Instant.parse(each[0]))).isEqualTo(each[1]);
        }
        assertThatThrownBy(() -> Timestamps.format(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsFormattedIsParsedAgain() {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            long scale = (long) Math.pow(10, random.nextInt(10));
            Instant moment = Instant.ofEpochSecond(
                    random.nextLong(-62_135_596_800L, 253_402_300_800L),
                    random.nextLong(1_000_000_000) / scale * scale);
            assertThat(Timestamps.parse(Timestamps.format(moment)))
                    .as("seed %s", seed)
                    .hasValue(moment);
        }
    }

    @Test
    void anyOffsetIsReadAndNothingElse() {
        assertThat(Timestamps.parse("2026-03-04T05:06:07.5+01:30")).hasValue(Instant.parse("2026-03-04T03:36:07.5Z"));
        assertThat(Timestamps.parse("2026-03-04t05:06:07z")).hasValue(Instant.parse("2026-03-04T05:06:07Z"));
        for (String bad : new String[] {
            "",
            "2026-03-04",
            "2026-03-04T05:06Z",
            "2026-03-04T05:06:07",
            "2026-02-30T05:06:07Z",
            "2026-03-04T25:06:07Z",
            "2026-03-04 05:06:07Z",
            "2026-03-04T05:06:07.Z",
            "2026-03-04T05:06:07.1234567890Z",
            "2026-03-04T05:06:07+99:00",
            "+2026-03-04T05:06:07Z",
            "2026-03-04T05:06:07Z ",
            "now"
        }) {
            assertThat(Timestamps.parse(bad)).as(bad).isEmpty();
        }
    }
}
