// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    @Test
    void theBuildFillsInVersionAndDate() {
        Release release = Release.current();

        assertThat(release.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(release.date()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    }
}
