// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// `~/.vault-token`: the token's text and nothing else, for its owner's eyes only. Replaced whole or not at
/// all.
record TokenFile(Path path) implements TokenKeeper {
    private static final int LONGEST = 64 << 10;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    static TokenFile of(Env env) {
        Optional<String> named = env.get("TOKEN_PATH");
        try {
            return new TokenFile(
                    named.isPresent() ? Path.of(named.get()) : home(env).resolve(".vault-token"));
        } catch (InvalidPathException malformed) {
            throw Failure.local(env.nameOf("TOKEN_PATH") + " is not the name of a file");
        }
    }

    /// `HOME`, as every other program has it; what the JDK calls so comes from elsewhere.
    static Path home(Env env) {
        return Path.of(env.plain("HOME").orElseGet(() -> System.getProperty("user.home", ".")));
    }

    @Override
    public Optional<Token> get() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] text = in.readNBytes(LONGEST + 1);
            if (text.length > LONGEST) {
                throw Failure.local(path + " is too long for a token; remove it and log in again");
            }
            byte[] token = Token.trimmed(text);
            return token.length == 0 ? Optional.empty() : Optional.of(new Token(token));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw Failure.local("cannot read the token file " + path + ": "
                    + unreadable.getClass().getSimpleName());
        }
    }

    @Override
    public void store(Token token) {
        Path beside = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            Files.deleteIfExists(beside);
            try (FileChannel channel = FileChannel.open(
                            beside,
                            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(OWNER));
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(token.bytes());
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException stillThere) {
                unwritable.addSuppressed(stillThere);
            }
            throw Failure.local("cannot write the token file " + path + ": "
                    + unwritable.getClass().getSimpleName());
        }
    }

    @Override
    public void erase() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException kept) {
            throw Failure.local("cannot remove the token file " + path);
        }
    }
}
