// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Words;
import java.util.List;
import java.util.Optional;

/// What the commands for mounts are about, with their words for it.
public enum MountKind {
    SECRETS(
            "sys/mounts",
            "secrets engine",
            "Mounts a secrets engine, such as kv-v2.",
            "Unmounts a secrets engine and destroys its data. Nothing brings it back.",
            "Moves a secrets engine to another path with all that it holds. Policies that name its former path do not"
                    + " move with it."),
    AUTH(
            "sys/auth",
            "auth method",
            "Enables a login method, such as userpass.",
            "Disables a login method. Its users are gone, and every token that it gave ends at once.",
            "Moves a login method to another path; both begin with auth/. Tokens that it gave live on, and policies that"
                    + " name its former path do not move with it.");

    private final String path;
    private final String noun;
    private final String enabling;
    private final String disabling;
    private final String moving;

    MountKind(String path, String noun, String enabling, String disabling, String moving) {
        this.path = path;
        this.noun = noun;
        this.enabling = enabling;
        this.disabling = disabling;
        this.moving = moving;
    }

    /// The command of that full name; empty if it is none of these.
    public Optional<Command> command(String name) {
        return switch (name.substring(name.indexOf(' ') + 1)) {
            case "enable" -> Optional.of(new EnableCommand(this));
            case "disable" -> Optional.of(new DisableCommand(this));
            case "list" -> Optional.of(new ListCommand(this));
            case "move" -> Optional.of(new MoveCommand(this));
            case "tune" -> Optional.of(new TuneCommand(this));
            case "help" -> this == AUTH ? Optional.of(new AuthHelpCommand()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// Of the API: where they are listed.
    String path() {
        return path;
    }

    /// Of the API: where that one is.
    String path(String mount) {
        return path + "/" + mount;
    }

    String noun() {
        return noun;
    }

    /// The settings that enabling and tuning share.
    List<Flag> settings() {
        return this == AUTH ? MountFlags.LOGIN : MountFlags.ENGINE;
    }

    String aboutEnabling() {
        return enabling;
    }

    String aboutDisabling() {
        return disabling;
    }

    String aboutTuning() {
        return "Changes the settings of " + (this == AUTH ? "an " : "a ") + noun + ". What is not given stays.";
    }

    String aboutMoving() {
        return moving;
    }

    /// What has been enabled, as the peers' command lines say it.
    String enabled(String type) {
        return (this == AUTH ? "" : "the ") + Words.harmless(type) + " " + noun;
    }
}
