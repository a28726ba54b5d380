// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.engine.LoginSettings;
import io.coffer.core.engine.LoginSettings.Lockout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountDefaultsTest {
    private static final Lockout STRICT = new Lockout(2, Duration.ofHours(1), Duration.ofHours(2), false);
    private static final Lockout OWN = new Lockout(9, Duration.ofMinutes(1), Duration.ofMinutes(2), true);
    private static final MountDefaults DEFAULTS =
            new MountDefaults(Duration.ofHours(1), Duration.ofHours(3), Map.of("userpass", STRICT));

    private static LoginSettings login(String type, Lockout tuned) {
        MountSettings settings = new MountSettings(
                "",
                Duration.ZERO,
                Duration.ZERO,
                false,
                "",
                Map.<String, List<String>>of(),
                new LoginSettings("batch", tuned));
        return new Mount("u", "auth/team/", type, "a_1", Map.of(), false, false, settings)
                .config(DEFAULTS)
                .login();
    }

    @Test
    void whatLocksSomebodyOutIsWhatTheMountSaysThenWhatIsSaidOfItsTypeThenTheUsual() {
        assertThat(login("userpass", OWN)).isEqualTo(new LoginSettings("batch", OWN));
        assertThat(login("userpass", Lockout.STANDARD)).isEqualTo(new LoginSettings("batch", STRICT));
        assertThat(login("ldap", Lockout.STANDARD)).isEqualTo(new LoginSettings("batch", Lockout.STANDARD));
    }

    @Test
    void nothingLastsLongerThanAtMost() {
        assertThatThrownBy(() -> new MountDefaults(Duration.ofHours(2), Duration.ofHours(1), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
