// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// This process and how others see it.
///
/// @param apiAddr where clients reach it: scheme, host and port
/// @param clusterName without it, one is made up when the vault is initialised
/// @param disableMlock whether memory that cannot be locked is no reason not to start
public record NodeConfig(
        Optional<URI> apiAddr, Optional<String> clusterName, boolean ui, boolean disableMlock, Optional<Path> pidFile) {
    public static final NodeConfig DEFAULT =
            new NodeConfig(Optional.empty(), Optional.empty(), false, false, Optional.empty());

    public NodeConfig {
        Objects.requireNonNull(pidFile, "pidFile");
        apiAddr.ifPresent(NodeConfig::check);
        if (clusterName.filter(name -> name.isEmpty() || name.length() > 256).isPresent()) {
            throw new IllegalArgumentException("cluster_name has 1 to 256 characters");
        }
    }

    /// The same as development mode runs it: memory that cannot be locked is no obstacle.
    NodeConfig forDev() {
        return new NodeConfig(apiAddr, clusterName, ui, true, pidFile);
    }

    /// @throws IllegalArgumentException if clients cannot be sent there
    static void check(URI address) {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        boolean bare = address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && (address.getRawPath().isEmpty() || address.getRawPath().equals("/"));
        if (!http || address.getHost() == null || !bare) {
            throw new IllegalArgumentException("api_addr: expected a URL as \"https://vault.example:8200\"");
        }
    }
}
