// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for the vault itself, its keys and its shares.
public final class OperatorCommands {
    private OperatorCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "operator init" -> Optional.of(new InitCommand());
            case "operator unseal" -> Optional.of(new UnsealCommand());
            case "operator seal" -> Optional.of(new SealCommand());
            case "operator rekey" -> Optional.of(new RekeyCommand());
            case "operator share check" -> Optional.of(new ShareCheckCommand());
            case "operator share fetch" -> Optional.of(new ShareFetchCommand());
            case "operator share acknowledge" -> Optional.of(new ShareAcknowledgeCommand());
            case "operator generate-root" -> Optional.of(new GenerateRootCommand());
            case "operator rotate" -> Optional.of(new RotateCommand());
            case "operator rotate-config" -> Optional.of(new RotateConfigCommand());
            case "operator keys import" -> Optional.of(new KeysImportCommand(false));
            case "operator keys promote" -> Optional.of(new KeysImportCommand(true));
            case "operator verify" -> Optional.of(new VerifyCommand());
            case "operator rewrap" -> Optional.of(new RewrapCommand());
            case "operator key-status" -> Optional.of(new KeyStatusCommand());
            case "operator keys list" -> Optional.of(new KeysListCommand());
            case "operator keys deprecate" -> Optional.of(KeyChangeCommand.DEPRECATE);
            case "operator keys destroy" -> Optional.of(new KeysDestroyCommand());
            case "operator keys restore" -> Optional.of(KeyChangeCommand.RESTORE);
            case "receipt verify" -> Optional.of(new ReceiptVerifyCommand());
            default -> Optional.empty();
        };
    }
}
