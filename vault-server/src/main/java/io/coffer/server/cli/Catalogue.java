// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.kv.KvCommands;
import io.coffer.server.cli.lease.LeaseCommands;
import io.coffer.server.cli.mount.MountKind;
import io.coffer.server.cli.operator.OperatorCommands;
import io.coffer.server.cli.policy.PolicyCommands;
import io.coffer.server.cli.token.TokenCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands by name. Only the one that is asked for is created.
final class Catalogue {
    /// Name and summary of each command, in the order of the help. A name of more than one word stands in a
    /// group.
    private static final String[][] COMMANDS = {
        {"server", "Start the vault daemon"},
        {"status", "Show whether the vault is sealed"},
        {"login", "Log in, and keep the token for later commands"},
        {"read", "Read data and secrets"},
        {"write", "Write data, configuration and secrets"},
        {"list", "List data or secrets"},
        {"delete", "Delete secrets and configuration"},
        {"kv get", "Read a secret"},
        {"kv put", "Write a secret, or a new version of it"},
        {"kv patch", "Change some keys of a secret"},
        {"kv delete", "Delete versions of a secret; they can be undeleted"},
        {"kv undelete", "Bring deleted versions back"},
        {"kv destroy", "Remove versions for good"},
        {"kv list", "List secrets"},
        {"kv rollback", "Make an older version the current one again"},
        {"kv enable-versioning", "Turn on versions for a mount of KV version 1"},
        {"kv metadata get", "Show the versions and settings of a secret"},
        {"kv metadata put", "Set the settings of a secret"},
        {"kv metadata patch", "Change some settings of a secret"},
        {"kv metadata delete", "Remove a secret with all its versions"},
        {"secrets enable", "Mount a secrets engine"},
        {"secrets disable", "Unmount a secrets engine and destroy its data"},
        {"secrets list", "List the mounted secrets engines"},
        {"secrets move", "Move a secrets engine to another path"},
        {"secrets tune", "Change the settings of a mount"},
        {"auth enable", "Enable a login method"},
        {"auth disable", "Disable a login method; whoever came in by it is out"},
        {"auth list", "List the login methods"},
        {"auth move", "Move a login method to another path"},
        {"auth tune", "Change the settings of a login method"},
        {"auth help", "Show what can be asked of a login method"},
        {"token create", "Make a token"},
        {"token lookup", "Show what is known of a token"},
        {"token renew", "Let a token live on"},
        {"token revoke", "End a token and all that descends from it"},
        {"token capabilities", "Show what a token may do on a path"},
        {"lease lookup", "Show what is known of a lease"},
        {"lease renew", "Let a lease live on"},
        {"lease revoke", "End a lease, or all below a path"},
        {"unwrap", "Take an answer out of its wrapping"},
        {"path-help", "Show what can be asked of a path"},
        {"policy list", "List the policies"},
        {"policy read", "Print a policy"},
        {"policy write", "Write a policy from a file"},
        {"policy delete", "Delete a policy"},
        {"policy fmt", "Format a policy file"},
        {"policy explain", "Show which rule allows a token something or refuses it"},
        {"operator init", "Create the vault and its key shares"},
        {"operator unseal", "Hand in a key share"},
        {"operator seal", "Seal the vault"},
        {"operator rekey", "Replace the key shares"},
        {"operator share check", "Tell whether a key share is good, without handing it in"},
        {"operator share fetch", "Get an encrypted key share that waits for its holder"},
        {"operator share acknowledge", "Say by a key share that it has arrived"},
        {"operator generate-root", "Make a root token with key shares"},
        {"operator rotate", "Make new encryption keys for what is written from now on"},
        {"operator rotate-config", "Show or set when keys are rotated by themselves"},
        {"operator rewrap", "Move values under older keys to the newest ones"},
        {"operator verify", "Open every value of the store, to see whether all is sound"},
        {"operator key-status", "Show the present encryption key's term"},
        {"operator keys import", "Add a wrapped key from elsewhere to a scope"},
        {"operator keys promote", "Print a scope's key, wrapped for another vault"},
        {"operator keys list", "List the keys that encrypt values"},
        {"operator keys deprecate", "Let a key only decrypt any more"},
        {"operator keys destroy", "Destroy a key that no value needs"},
        {"operator keys restore", "Keep a key that waits to be destroyed"},
        {"operator export", "Write the stopped daemon's records as JSON lines"},
        {"receipt verify", "Check a receipt of destroyed keys, without the vault"},
        {"print token", "Print the token that commands act with"},
        {"completion", "Print a completion script for bash or zsh"},
        {"version", "Print the version"},
    };

    private static final String[][] GROUPS = {
        {"kv", "Work with the key-value store"},
        {"kv metadata", "Work with what is kept about a secret"},
        {"secrets", "Work with secrets engines"},
        {"auth", "Work with login methods"},
        {"token", "Work with tokens"},
        {"lease", "Work with leases"},
        {"policy", "Work with policies"},
        {"operator", "Work with the vault itself"},
        {"operator share", "Look after a key share"},
        {"operator keys", "Look after the keys that encrypt values"},
        {"receipt", "Work with receipts of destroyed keys"},
        {"print", "Print what the client holds"},
    };

    /// A name and what it does.
    record Entry(String name, String summary) {}

    private Catalogue() {}

    /// The client's command of that name; empty for a name that is none, and for the commands that are not
    /// the client's.
    static Optional<Command> command(String name) {
        int word = name.indexOf(' ');
        return switch (word < 0 ? "" : name.substring(0, word)) {
            case "kv" -> KvCommands.command(name);
            case "secrets" -> MountKind.SECRETS.command(name);
            case "auth" -> MountKind.AUTH.command(name);
            case "token" -> TokenCommands.command(name);
            case "lease" -> LeaseCommands.command(name);
            case "policy" -> PolicyCommands.command(name);
            case "operator", "receipt" -> OperatorCommands.command(name);
            default -> other(name);
        };
    }

    private static Optional<Command> other(String name) {
        return switch (name) {
            case "status" -> Optional.of(new StatusCommand());
            case "login" -> Optional.of(new LoginCommand());
            case "read" -> Optional.of(new ReadCommand());
            case "write" -> Optional.of(new WriteCommand());
            case "list" -> Optional.of(new ListCommand());
            case "delete" -> Optional.of(new DeleteCommand());
            case "unwrap" -> Optional.of(new UnwrapCommand());
            case "path-help" -> Optional.of(new PathHelpCommand());
            case "print token" -> Optional.of(new PrintTokenCommand());
            case "completion" -> Optional.of(new CompletionCommand());
            case "version" -> Optional.of(new VersionCommand());
            default -> Optional.empty();
        };
    }

    static boolean isCommand(String name) {
        return summary(COMMANDS, name).isPresent();
    }

    static boolean isGroup(String name) {
        return name.isEmpty() || summary(GROUPS, name).isPresent();
    }

    static Optional<String> summary(String name) {
        return summary(COMMANDS, name).or(() -> summary(GROUPS, name));
    }

    /// What stands directly in that group; the empty name is the program itself.
    static List<Entry> in(String group) {
        String prefix = group.isEmpty() ? "" : group + " ";
        List<Entry> entries = new ArrayList<>();
        String former = "";
        for (String[] command : COMMANDS) {
            if (command[0].startsWith(prefix)) {
                int end = command[0].indexOf(' ', prefix.length());
                String name = end < 0 ? command[0] : command[0].substring(0, end);
                if (!name.equals(former)) {
                    entries.add(new Entry(
                            name, end < 0 ? command[1] : summary(GROUPS, name).orElse("")));
                }
                former = name;
            }
        }
        return entries;
    }

    private static Optional<String> summary(String[][] table, String name) {
        for (String[] row : table) {
            if (row[0].equals(name)) {
                return Optional.of(row[1]);
            }
        }
        return Optional.empty();
    }
}
