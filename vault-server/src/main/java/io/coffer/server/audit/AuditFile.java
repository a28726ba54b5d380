// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// A file for its owner alone (mode 0600), to which lines are appended. Nothing on the way to it may be a
/// symbolic link: each directory is opened from the one above it, so nobody can put a link there meanwhile.
///
/// The directories must be there; the file is made.
record AuditFile(Path path) implements Target {
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> CREATED = PosixFilePermissions.asFileAttribute(MODE);

    AuditFile {
        if (!path.isAbsolute() || !path.equals(path.normalize()) || path.getParent() == null) {
            throw new IllegalArgumentException("an audit file's path is absolute and canonical");
        }
    }

    @Override
    public Opened open() throws IOException {
        try (DirectoryStream<Path> root = Files.newDirectoryStream(path.getRoot())) {
            if (root instanceof SecureDirectoryStream<Path> secure) {
                return below(secure, 0);
            }
            throw new IOException(
                    "this system cannot open a file without following links; let audit lines go to stdout");
        }
    }

    private Opened below(SecureDirectoryStream<Path> directory, int depth) throws IOException {
        if (depth == path.getNameCount() - 1) {
            return openIn(directory, path.getFileName());
        }
        try (SecureDirectoryStream<Path> next = enter(directory, depth)) {
            return below(next, depth + 1);
        }
    }

    private SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> above, int depth) throws IOException {
        Path name = path.getName(depth);
        Path whole = path.getRoot().resolve(path.subpath(0, depth + 1));
        Optional<PosixFileAttributes> attributes = attributes(above, name);
        if (attributes.isEmpty()) {
            throw new NoSuchFileException(whole + " is not there; create it for the daemon's user");
        }
        if (attributes.get().isSymbolicLink()) {
            throw new IOException(whole + " is a symbolic link; name the directory that it leads to");
        }
        if (!attributes.get().isDirectory()) {
            throw new NotDirectoryException(whole + " is no directory");
        }
        return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    private Opened openIn(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        Optional<PosixFileAttributes> before = attributes(directory, name);
        if (before.isPresent() && !before.get().isRegularFile()) {
            throw new IOException(path + " is no regular file; audit lines go to one, or to stdout");
        }
        SeekableByteChannel channel = directory.newByteChannel(
                name,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND,
                        LinkOption.NOFOLLOW_LINKS),
                CREATED);
        try {
            view(directory, name).setPermissions(MODE);
            return new Opened(channel, channel.size() > 0 && endsMidLine(directory, name));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static boolean endsMidLine(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try (SeekableByteChannel in =
                directory.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer last = ByteBuffer.allocate(1);
            in.position(Math.max(0, in.size() - 1));
            return in.read(last) == 1 && last.get(0) != '\n';
        }
    }

    private static Optional<PosixFileAttributes> attributes(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        try {
            return Optional.of(view(directory, name).readAttributes());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static PosixFileAttributeView view(SecureDirectoryStream<Path> directory, Path name) {
        return directory.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
