// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for tokens.
public final class TokenCommands {
    private TokenCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "token create" -> Optional.of(new TokenCreateCommand());
            case "token lookup" -> Optional.of(new TokenLookupCommand());
            case "token renew" -> Optional.of(new TokenRenewCommand());
            case "token revoke" -> Optional.of(new TokenRevokeCommand());
            case "token capabilities" -> Optional.of(new TokenCapabilitiesCommand());
            default -> Optional.empty();
        };
    }
}
