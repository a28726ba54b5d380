// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/// What this program was built as. The date is written in the build's own file, so that two builds are equal.
public record Release(String version, Instant date) {
    public static Release current() {
        Properties written = new Properties();
        try (InputStream in = Release.class.getResourceAsStream("release.properties")) {
            written.load(Objects.requireNonNull(in, "release.properties is missing from the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException("release.properties cannot be read", e);
        }
        return new Release(
                Objects.requireNonNull(written.getProperty("version")),
                Instant.parse(Objects.requireNonNull(written.getProperty("date"))));
    }
}
