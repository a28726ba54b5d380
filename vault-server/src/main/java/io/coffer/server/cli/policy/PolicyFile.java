// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// The name and the text of a policy as words of the command line.
final class PolicyFile {
    /// As long as the longest policy that a vault takes.
    private static final int LONGEST = 1 << 20;

    private PolicyFile() {}

    /// A policy's name is in lower case.
    static String name(String word) {
        String name = Words.path(word.strip().toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            throw Failure.local("the name of a policy is missing");
        }
        return name;
    }

    static String path(String name) {
        return "sys/policies/acl/" + name;
    }

    /// @param word the name of a file, or `-` for standard input
    static String read(String word, InputStream standard) throws IOException {
        if (word.equals("-")) {
            return text(standard.readNBytes(LONGEST + 1), "standard input");
        }
        try (InputStream file = Files.newInputStream(Path.of(word))) {
            return text(file.readNBytes(LONGEST + 1), word);
        } catch (NoSuchFileException missing) {
            throw Failure.local("Error opening policy file: there is no file " + Words.harmless(word));
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("Error opening policy file: cannot read " + Words.harmless(word));
        }
    }

    private static String text(byte[] bytes, String source) {
        if (bytes.length > LONGEST) {
            throw Failure.local("the policy in " + Words.harmless(source) + " is longer than " + LONGEST + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw Failure.local("the policy in " + Words.harmless(source) + " is no UTF-8 text");
        }
    }
}
