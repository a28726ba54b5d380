// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.LoginSettings.Lockout;
import io.coffer.core.request.Json;
import io.coffer.core.request.Values;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginRequestTest {
    private static final Lockout STRICT = new Lockout(2, Duration.ofHours(1), Duration.ofHours(2), false);
    private static final Lockout TUNED = new Lockout(9, Duration.ofMinutes(1), Duration.ofMinutes(2), true);

    private static Lockout tuned(Lockout before, Json.Builder members) {
        Values values = new Values(Map.of(LoginRequest.LOCKOUT, members.build()), Map.of());
        LoginRequest.Outcome outcome =
                LoginRequest.from(new LoginSettings("service", before), values, "auth/userpass", STRICT);
        assertThat(outcome).isInstanceOf(LoginRequest.Outcome.Good.class);
        return ((LoginRequest.Outcome.Good) outcome).settings().lockout();
    }

    @Test
    void whatATuningLeavesOutIsWhatWasTunedBeforeOrElseWhatTheConfigurationSays() {
        Json.Builder minute = Json.object().put("lockout_duration", "1m");
        assertThat(tuned(Lockout.STANDARD, minute))
                .isEqualTo(new Lockout(2, Duration.ofMinutes(1), Duration.ofHours(2), false));
        assertThat(tuned(TUNED, Json.object().put("lockout_threshold", 3)))
                .isEqualTo(new Lockout(3, Duration.ofMinutes(1), Duration.ofMinutes(2), true));
        assertThat(tuned(TUNED, Json.object().put("lockout_threshold", 0).put("lockout_duration", 0)))
                .isEqualTo(new Lockout(2, Duration.ofHours(1), Duration.ofMinutes(2), true));
    }
}
