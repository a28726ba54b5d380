// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A public key of a share's holder in a file: an age recipient, a line of an SSH `.pub` file, or an OpenPGP key.
final class HolderKeyFile {
    private static final int LONGEST = 64 << 10;

    private HolderKeyFile() {}

    /// @throws Failure if the file cannot be read, or holds a private key
    static String read(String path) {
        String text = text(path);
        if (text.startsWith("AGE-SECRET-KEY-") || text.contains("PRIVATE KEY")) {
            throw Failure.local(path
                    + " holds a private key; only the public one is needed, and the private one leaves no machine");
        }
        return text.startsWith("age1") || text.startsWith("ssh-") ? text : PgpKeyFile.read(path);
    }

    private static String text(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("cannot read the key file " + path);
        }
    }
}
