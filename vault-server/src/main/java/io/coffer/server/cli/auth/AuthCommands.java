// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.auth;

import io.coffer.server.cli.Command;
import io.coffer.server.cli.secrets.MountListCommand;
import io.coffer.server.cli.secrets.MoveCommand;
import java.util.Optional;

/// Makes the commands for login methods.
public final class AuthCommands {
    private AuthCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "auth enable" -> Optional.of(new AuthEnableCommand());
            case "auth disable" -> Optional.of(new AuthDisableCommand());
            case "auth list" -> Optional.of(MountListCommand.AUTH);
            case "auth move" -> Optional.of(MoveCommand.AUTH);
            case "auth tune" -> Optional.of(new AuthTuneCommand());
            case "auth help" -> Optional.of(new AuthHelpCommand());
            default -> Optional.empty();
        };
    }
}
