// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Failure;

/// Where the vault has the keys of a scope.
final class KeyPath {
    private KeyPath() {}

    /// Of a scope as somebody typed it. Whoever typed the path of a mount is to learn from the vault what a
    /// scope is, and not that a path has an empty segment.
    ///
    /// @throws Failure if it names nothing, as of a variable that is not set, or a list of all scopes
    static String of(String scope) {
        String name = scope.replaceFirst("/+$", "");
        if (name.isEmpty() || name.equals("jobs")) {
            throw Failure.local("SCOPE is keys, system, … or the uuid of a mount, as 'operator keys list' shows it;"
                    + " -jobs lists what is being destroyed");
        }
        return "sys/keys/" + name;
    }
}
