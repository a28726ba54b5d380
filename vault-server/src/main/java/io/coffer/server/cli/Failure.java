// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

/// Ends a command with a message on standard error and an exit code. The message never holds a secret.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Flags, arguments or files of the caller are wrong; nothing was sent, or nothing more can be shown.
    static final int LOCAL = 1;

    /// The vault refused, could not be reached, or has no such value.
    public static final int REMOTE = 2;

    private final int exit;

    private Failure(String message, int exit) {
        super(message, null, false, false);
        this.exit = exit;
    }

    public static Failure local(String message) {
        return new Failure(message, LOCAL);
    }

    public static Failure remote(String message) {
        return new Failure(message, REMOTE);
    }

    int exit() {
        return exit;
    }
}
