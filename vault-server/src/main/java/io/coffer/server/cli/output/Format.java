// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.output;

import java.util.Optional;

/// The form of what a command prints on its standard output.
public enum Format {
    TABLE,
    JSON,
    YAML,
    /// Like JSON.
    PRETTY,
    /// The body of the answer, byte for byte.
    RAW;

    public static Optional<Format> named(String name) {
        if (name.equalsIgnoreCase("yml")) {
            return Optional.of(YAML);
        }
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
