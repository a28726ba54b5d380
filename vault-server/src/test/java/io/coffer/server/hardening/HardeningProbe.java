// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process of its own: hardens itself and prints what the system says of it.
final class HardeningProbe {
    private HardeningProbe() {}

    public static void main(String[] arguments) throws IOException {
        Hardening.maskFiles();
        Hardening.apply(true).forEach(warning -> System.out.println("warning " + warning));
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max core file size")) {
                System.out.println("core " + line.substring(18).strip().charAt(0));
            }
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Umask:")) {
                System.out.println("umask " + line.substring(6).strip());
            }
        }
        // Files in /proc of a process that may not be dumped belong to root and are closed to its own user.
        boolean dumpable = !Files.getOwner(Path.of("/proc/self/stat")).getName().equals("root");
        System.out.println("dumpable " + dumpable);
        System.out.println("signals HUP=" + Signals.on("HUP", () -> {}) + " TERM=" + Signals.on("TERM", () -> {})
                + " USR2=" + Signals.on("USR2", () -> {}));
    }
}
