// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files of a data directory, as tests look at, copy and bend them.
final class DataFiles {
    private DataFiles() {}

    /// Copies a data directory as it lies there.
    static void copy(Path from, Path to) throws IOException {
        for (Path path : all(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectory(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.copy(path, target);
            }
        }
    }

    /// Everything from a directory down, itself first. The database deletes what it does not need in a thread of its
    /// own: a file that is gone meanwhile is left out.
    static List<Path> all(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                all.add(inside);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
        return all;
    }

    /// What stands in each file, a character for a byte.
    static List<String> contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path path : all(directory)) {
            if (Files.isRegularFile(path)) {
                try {
                    contents.add(Files.readString(path, StandardCharsets.ISO_8859_1));
                } catch (NoSuchFileException goneMeanwhile) {
                    // It holds nothing.
                }
            }
        }
        return contents;
    }

    /// The database's files with a name that ends or begins so, in the order of their names.
    static List<Path> database(Path directory, String part) throws IOException {
        try (Stream<Path> paths = Files.list(directory.resolve("db"))) {
            return paths.filter(path -> name(path).endsWith(part) || name(path).startsWith(part))
                    .sorted()
                    .toList();
        }
    }

    static String name(Path path) {
        return path.getFileName().toString();
    }

    /// Turns one bit of a file around.
    static void bend(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }
}
