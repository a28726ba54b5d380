// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.List;

/// A flag that a command takes: `-name=value`, `-name value`, with one dash or two.
///
/// @param names the first is the one that is shown
/// @param label what stands for the value in the help
public record Flag(List<String> names, Kind kind, String label, String help) {
    enum Kind {
        /// `-name` or `-name=false`; never takes the next word.
        SWITCH,
        TEXT,
        /// A whole number, 0 or more.
        NUMBER,
        /// May be given more than once.
        LIST
    }

    public static Flag on(String name, String help) {
        return new Flag(List.of(name), Kind.SWITCH, "", help);
    }

    public static Flag text(String name, String label, String help) {
        return new Flag(List.of(name), Kind.TEXT, label, help);
    }

    public static Flag number(String name, String label, String help) {
        return new Flag(List.of(name), Kind.NUMBER, label, help);
    }

    public static Flag list(String name, String label, String help) {
        return new Flag(List.of(name), Kind.LIST, label, help);
    }

    public Flag or(String other) {
        return new Flag(List.of(name(), other), kind, label, help);
    }

    public String name() {
        return names.get(0);
    }
}
