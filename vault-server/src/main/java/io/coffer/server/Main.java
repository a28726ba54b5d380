// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import java.util.Arrays;

/// The one entry point: the daemon and every client command. A client command loads nothing of the daemon.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        if (arguments.length > 0 && arguments[0].equals("server")) {
            System.exit(ServerCommand.run(rest));
        }
        if (arguments.length > 0 && arguments[0].equals("version")) {
            System.out.println("Coffer v" + Release.current().version());
            System.exit(0);
        }
        System.err.println("coffer: unknown command; run 'coffer server -dev'");
        System.exit(127);
    }
}
