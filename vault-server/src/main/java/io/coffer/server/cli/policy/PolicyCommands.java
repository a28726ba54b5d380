// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for policies.
public final class PolicyCommands {
    private PolicyCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "policy list" -> Optional.of(new PolicyListCommand());
            case "policy read" -> Optional.of(new PolicyReadCommand());
            case "policy write" -> Optional.of(new PolicyWriteCommand());
            case "policy delete" -> Optional.of(new PolicyDeleteCommand());
            case "policy fmt" -> Optional.of(new PolicyFmtCommand());
            case "policy explain" -> Optional.of(new PolicyExplainCommand());
            default -> Optional.empty();
        };
    }
}
