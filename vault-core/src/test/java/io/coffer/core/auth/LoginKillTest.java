// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The process dies at each write of a login, just before it and just after: he who came in, his alias, his token and
/// what was counted of him are there together or not at all.
class LoginKillTest {
    /// Failures after which a name is locked out.
    private static final int THRESHOLD = 5;

    private static Stream<Way> counted() {
        return Way.COUNTED.stream();
    }

    private interface Killed {
        /// @param left on the disk
        void check(TestVault left, boolean stays, String when);
    }

    /// Kills at each write of an attempt after some failures.
    private static void killAtEach(Way way, int failures, String password, Killed killed) {
        assertThat(Kill.atEach(kill -> isReached(way, failures, password, killed, kill)))
                .allSatisfy(writes -> assertThat(writes).as("writes of %s", way).isPositive());
    }

    private static boolean isReached(Way way, int failures, String password, Killed killed, Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = Way.open(disk);
        way.prepare(vault);
        for (int i = 0; i < failures; i++) {
            way.login(vault, "wrong");
        }
        disk.failAt(kill);
        boolean lost = way.login(vault, password) instanceof Response.Failed;
        vault.vault().seal();
        if (lost) {
            try (TestVault left = vault.restart(disk.reopen()).unseal()) {
                killed.check(left, kill.stays(), way + ", " + kill);
            }
        }
        return lost;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aLoginIsWhollyThereOrNotAtAll(Way way) {
        killAtEach(way, 0, Way.RIGHT, (left, stays, when) -> {
            int entities = Logins.count(left, "identity/entity/id");
            int tokens = Logins.count(left, "auth/token/accessors");
            assertThat(entities).as(when).isEqualTo(stays ? 1 : 0);
            assertThat(Logins.count(left, "identity/entity-alias/id")).as(when).isEqualTo(entities);
            assertThat(tokens).as(when).isEqualTo(1 + entities);
            Logins.in(way.login(left));
            assertThat(Logins.count(left, "identity/entity/id")).as(when).isEqualTo(1);
            assertThat(Logins.count(left, "auth/token/accessors")).as(when).isEqualTo(tokens + 1);
        });
    }

    @ParameterizedTest
    @MethodSource("counted")
    void aFailureIsCountedOnceOrNotAtAll(Way way) {
        killAtEach(way, 1, "wrong", (left, stays, when) -> {
            for (int more = stays ? 3 : 2; more <= THRESHOLD; more++) {
                assertThat(way.login(left, "wrong")).as(when).isNotEqualTo(Response.Denied.PERMISSION);
            }
            assertThat(way.login(left)).as(when).isEqualTo(Response.Denied.PERMISSION);
        });
    }

    @ParameterizedTest
    @MethodSource("counted")
    void whoComesInIsForgivenInTheSameWrite(Way way) {
        killAtEach(way, THRESHOLD - 1, Way.RIGHT, (left, stays, when) -> {
            assertThat(Logins.count(left, "auth/token/accessors")).as(when).isEqualTo(stays ? 2 : 1);
            way.login(left, "wrong");
            assertThat(way.login(left) instanceof Response.Authenticated)
                    .as(when)
                    .isEqualTo(stays);
        });
    }
}
