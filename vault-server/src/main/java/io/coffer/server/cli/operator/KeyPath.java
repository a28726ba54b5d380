// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

/// Where the vault has the keys of a scope.
final class KeyPath {
    private KeyPath() {}

    /// Of a scope as somebody typed it. Whoever typed the path of a mount is to learn from the vault what a
    /// scope is, and not that a path has an empty segment.
    static String of(String scope) {
        return "sys/keys/" + scope.replaceFirst("/+$", "");
    }
}
