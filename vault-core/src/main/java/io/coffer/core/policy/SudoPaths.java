// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.List;
import java.util.Map;

/// The paths that ask for {@link Capability#SUDO} beside the operation's capability, whether a route is there or not.
public final class SudoPaths {
    /// By type of mount, below the mount; `*` at the end stands for anything.
    private static final Map<String, List<String>> PATHS = Map.of(
            "system",
            List.of(
                    "auth/*",
                    "remount",
                    "audit",
                    "audit/*",
                    "raw",
                    "raw/*",
                    "rotate",
                    "rotate/keyring",
                    "rotate/root",
                    "config/cors",
                    "config/auditing/*",
                    "config/ui/headers/*",
                    "plugins/catalog/*",
                    "revoke-prefix/*",
                    "revoke-force/*",
                    "leases/revoke-prefix/*",
                    "leases/revoke-force/*",
                    "leases/lookup/*",
                    "leases",
                    "internal/inspect/*",
                    "replication/primary/secondary-token",
                    "replication/performance/primary/secondary-token",
                    "replication/dr/primary/secondary-token",
                    "replication/reindex",
                    "replication/dr/reindex",
                    "replication/performance/reindex",
                    "storage/raft/snapshot-auto/config/*",
                    "seal",
                    "step-down"),
            "token",
            List.of("accessors", "revoke-orphan/*"),
            "pki",
            List.of("root", "root/sign-self-issued"));

    private SudoPaths() {}

    /// A '/' at the end changes nothing about what is meant, so it changes nothing here, save that it is what a list
    /// of everything below asks for.
    ///
    /// @param type of the mount, as `system`
    /// @param below the path as seen from the mount
    public static boolean ask(String type, String below) {
        String plain = below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
        return PATHS.getOrDefault(type, List.of()).stream()
                .anyMatch(path -> path.endsWith("*")
                        ? below.startsWith(path.substring(0, path.length() - 1))
                        : plain.equals(path));
    }
}
