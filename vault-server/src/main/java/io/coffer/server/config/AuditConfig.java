// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/// An audit device of the configuration: it writes from the start of the process, also while sealed.
///
/// @param logRaw whether values stand in clear
/// @param hmacAccessor whether accessors are hashed
public record AuditConfig(String name, Target target, boolean logRaw, boolean hmacAccessor) {
    /// How many there may be, those of the configuration and those of the API together.
    public static final int MAX_DEVICES = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public AuditConfig {
        Objects.requireNonNull(target, "target");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an audit device's name has 1 to 128 letters, digits, '_', '.' and '-'");
        }
    }

    /// Where the lines go.
    public sealed interface Target {
        /// @param path absolute, below the audit directory
        record File(Path path) implements Target {
            public File {
                if (!path.isAbsolute() || !path.equals(path.normalize())) {
                    throw new IllegalArgumentException("an audit file's path is absolute and canonical");
                }
            }
        }

        record Stdout() implements Target {}
    }
}
