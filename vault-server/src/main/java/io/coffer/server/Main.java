// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.server.cli.Cli;
import java.util.Arrays;

/// The one program: the daemon, its offline tools, and every client command.
///
/// The first words alone settle which of them it is, and a class is loaded when the call to it is reached: so a
/// client command loads nothing of the daemon.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (named(arguments, "server")) {
            return ServerCommand.run(after(1, arguments));
        }
        if (named(arguments, "operator", "export")) {
            return ExportCommand.run(after(2, arguments));
        }
        if (named(arguments, "operator", "verify") && configured(arguments)) {
            return VerifyCommand.run(after(2, arguments));
        }
        return Cli.run(arguments);
    }

    private static boolean named(String[] arguments, String... words) {
        return arguments.length >= words.length && Arrays.equals(arguments, 0, words.length, words, 0, words.length);
    }

    /// Whether a command that works on a running daemon too is to work on a stopped one's store.
    private static boolean configured(String[] arguments) {
        return Arrays.stream(arguments).anyMatch(word -> word.matches("--?config(=.*)?"));
    }

    private static String[] after(int words, String[] arguments) {
        return Arrays.copyOfRange(arguments, words, arguments.length);
    }
}
