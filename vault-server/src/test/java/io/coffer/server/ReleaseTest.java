// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.mount.Mount;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    @Test
    void theBuildFillsInVersionAndDate() {
        Release release = Release.current();

        assertThat(release.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(Mount.RUNNING_VERSION)
                .as("the level of the API that engines say is the one that the daemon says")
                .isEqualTo("v" + Server.API_VERSION.replace("+", "+builtin."));
        assertThat(release.date()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    }
}
