// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// @param file where lines go besides the process's output
public record LogConfig(Level level, Format format, Optional<Path> file) {
    public static final LogConfig DEFAULT = new LogConfig(Level.INFO, Format.STANDARD, Optional.empty());

    public LogConfig {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(file, "file");
    }

    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR;

        /// Also the other words of the field: `notice`, `warning`, `err`.
        public static Optional<Level> of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "trace" -> Optional.of(TRACE);
                case "debug" -> Optional.of(DEBUG);
                case "info", "notice" -> Optional.of(INFO);
                case "warn", "warning" -> Optional.of(WARN);
                case "error", "err" -> Optional.of(ERROR);
                default -> Optional.empty();
            };
        }
    }

    public enum Format {
        STANDARD,
        JSON;

        public static Optional<Format> of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "standard" -> Optional.of(STANDARD);
                case "json" -> Optional.of(JSON);
                default -> Optional.empty();
            };
        }
    }
}
