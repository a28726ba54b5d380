// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.Objects;
import java.util.Optional;

/// What the command line says about logs; it beats the environment, which beats the files.
public record LogFlags(Optional<String> level, Optional<String> format, Optional<String> file) {
    public static final LogFlags NONE = new LogFlags(Optional.empty(), Optional.empty(), Optional.empty());

    public LogFlags {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(file, "file");
    }
}
