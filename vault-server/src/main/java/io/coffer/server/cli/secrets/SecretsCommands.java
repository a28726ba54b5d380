// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.secrets;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for the mounts of secrets engines.
public final class SecretsCommands {
    private SecretsCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "secrets enable" -> Optional.of(new SecretsEnableCommand());
            case "secrets disable" -> Optional.of(new SecretsDisableCommand());
            case "secrets list" -> Optional.of(MountListCommand.SECRETS);
            case "secrets move" -> Optional.of(MoveCommand.SECRETS);
            case "secrets tune" -> Optional.of(new SecretsTuneCommand());
            default -> Optional.empty();
        };
    }
}
