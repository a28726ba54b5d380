// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.server.cli.Command;
import java.util.Optional;

/// Makes the commands for the key-value store.
public final class KvCommands {
    private KvCommands() {}

    /// The command of that full name; empty if it is none of these.
    public static Optional<Command> command(String name) {
        return switch (name) {
            case "kv get" -> Optional.of(new KvGetCommand());
            case "kv put" -> Optional.of(new KvPutCommand());
            case "kv patch" -> Optional.of(new KvPatchCommand());
            case "kv delete" -> Optional.of(new KvDeleteCommand());
            case "kv undelete" -> Optional.of(KvVersionsCommand.UNDELETE);
            case "kv destroy" -> Optional.of(KvVersionsCommand.DESTROY);
            case "kv list" -> Optional.of(new KvListCommand());
            case "kv rollback" -> Optional.of(new KvRollbackCommand());
            case "kv enable-versioning" -> Optional.of(new KvEnableVersioningCommand());
            case "kv metadata get" -> Optional.of(new KvMetadataGetCommand());
            case "kv metadata put" -> Optional.of(KvMetadataSetCommand.PUT);
            case "kv metadata patch" -> Optional.of(KvMetadataSetCommand.PATCH);
            case "kv metadata delete" -> Optional.of(new KvMetadataDeleteCommand());
            default -> Optional.empty();
        };
    }
}
