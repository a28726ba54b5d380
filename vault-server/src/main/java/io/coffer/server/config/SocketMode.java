// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Modes as octal digits.
final class SocketMode {
    static final Set<PosixFilePermission> DEFAULT = PosixFilePermissions.fromString("rw-------");

    private static final Pattern DIGITS = Pattern.compile("0?[0-7]{3}");
    private static final String[] LETTERS = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

    private SocketMode() {}

    static Optional<Set<PosixFilePermission>> of(String octal) {
        if (!DIGITS.matcher(octal).matches()) {
            return Optional.empty();
        }
        StringBuilder letters = new StringBuilder();
        octal.substring(octal.length() - 3).chars().forEach(digit -> letters.append(LETTERS[digit - '0']));
        return Optional.of(PosixFilePermissions.fromString(letters.toString()));
    }
}
