// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.lease;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for leases.
public final class LeaseCommands {
    private LeaseCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "lease lookup" -> Optional.of(new LeaseLookupCommand());
            case "lease renew" -> Optional.of(new LeaseRenewCommand());
            case "lease revoke" -> Optional.of(new LeaseRevokeCommand());
            default -> Optional.empty();
        };
    }
}
