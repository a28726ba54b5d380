// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Closes the ways by which a key could leave the process: files for everybody, core dumps, debuggers, swap.
public final class Hardening {
    private static final int OWNER_ONLY = 0077;

    private Hardening() {}

    /// New files are for their owner only. First of all, before a log file is made.
    public static void maskFiles() {
        if (Libc.available()) {
            Libc.mask(OWNER_ONLY);
        }
    }

    /// Takes every protection that can be had.
    ///
    /// @param lockingOptional whether the daemon starts without locked memory
    /// @return what could not be had, for the log
    /// @throws HardeningException if memory cannot be locked, and that was not waived
    public static List<String> apply(boolean lockingOptional) {
        List<String> warnings = new ArrayList<>();
        if (!Libc.available()) {
            warnings.add("this system is not Linux: core dumps, debuggers and swap can see keys");
            return warnings;
        }
        String flags = flags();
        if (!Libc.limitCoreFilesToNothing() || !Libc.forbidDumping()) {
            warnings.add("core dumps could not be forbidden: a crash may write keys to a file");
        }
        if (!lockingOptional && !Libc.lockMemory()) {
            throw new HardeningException("memory cannot be locked, so keys could be swapped to disk: allow it with"
                    + " LimitMEMLOCK=infinity (systemd) or `ulimit -l unlimited`, or, where swap is off or encrypted,"
                    + " write disable_mlock = true in the configuration");
        }
        if (!flags.contains("-XX:+DisableAttachMechanism")) {
            warnings.add("programs of the same user can attach to this one: start it with"
                    + " -XX:+DisableAttachMechanism, as scripts/coffer does");
        }
        if (flags.contains("-XX:+HeapDumpOnOutOfMemoryError")) {
            warnings.add("-XX:+HeapDumpOnOutOfMemoryError writes keys to a file: remove it");
        }
        return warnings;
    }

    private static String flags() {
        try {
            String given = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
            return given + " " + System.getenv().getOrDefault("JDK_JAVA_OPTIONS", "") + " "
                    + System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "");
        } catch (IOException unreadable) {
            return "";
        }
    }
}
