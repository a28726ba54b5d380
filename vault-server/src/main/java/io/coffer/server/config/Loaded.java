// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.List;
import java.util.Objects;

/// A configuration, and what a person should know about it although it can be used.
///
/// @param warnings each with its place, as errors have it
public record Loaded(ServerConfig config, List<String> warnings) {
    public Loaded {
        Objects.requireNonNull(config, "config");
        warnings = List.copyOf(warnings);
    }
}
