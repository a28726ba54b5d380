// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/// An OpenPGP public key in a file: armored, binary, or in base64. The vault takes base64 of the binary
/// form and checks it.
final class PgpKeyFile {
    private static final int LONGEST = 1 << 20;
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";

    private PgpKeyFile() {}

    /// @throws Failure if the file holds no public key
    static String read(String name) {
        if (name.startsWith("keybase:")) {
            throw Failure.local("keybase: names are not looked up; export the key to a file and name that");
        }
        String path = name.startsWith("@") ? name.substring(1) : name;
        byte[] bytes = bytes(path);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("PRIVATE KEY BLOCK")) {
            throw Failure.local(path
                    + " holds a private key; only the public one is needed, and the private one leaves no machine");
        }
        if (text.contains(BEGIN)) {
            return canonical(armored(text, path), path);
        }
        // The first byte of a binary key has its highest bit set, so it is no letter.
        return bytes.length > 0 && bytes[0] < 0 ? Base64.getEncoder().encodeToString(bytes) : canonical(text, path);
    }

    private static byte[] bytes(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw Failure.local(path + " is too long for an OpenPGP public key");
            }
            return bytes;
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("cannot read the OpenPGP key file " + path);
        }
    }

    /// The base64 between head and checksum.
    private static String armored(String text, String path) {
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        if (end < 0) {
            throw Failure.local(path + " is cut off: the end of its key block is missing");
        }
        StringBuilder base64 = new StringBuilder();
        boolean head = true;
        for (String raw : text.substring(begin, end).split("\n", -1)) {
            String line = raw.strip();
            if (line.startsWith("=")) {
                break;
            }
            if (head && line.contains(": ")) {
                continue;
            }
            head &= line.isEmpty();
            base64.append(line);
        }
        return base64.toString();
    }

    private static String canonical(String base64, String path) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            if (key.length > 0 && key[0] < 0) {
                return Base64.getEncoder().encodeToString(key);
            }
        } catch (IllegalArgumentException malformed) {
            throw Failure.local(path + " holds no OpenPGP public key, neither armored nor in base64");
        }
        throw Failure.local(path + " holds no OpenPGP public key");
    }
}
