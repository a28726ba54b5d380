// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

/// The one entry point: the daemon and every client command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("coffer: nothing to run yet");
        System.exit(1);
    }
}
