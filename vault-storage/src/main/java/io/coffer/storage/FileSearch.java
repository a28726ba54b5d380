// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.StorageUnavailableException;
import io.coffer.core.storage.Sequences;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Looks for sequences of bytes in every file below a directory, as somebody would who took the disk.
final class FileSearch {
    private static final int PIECE = 1 << 20;

    private FileSearch() {}

    /// A file that goes away meanwhile is passed over: what is made of it since comes from records that are there. An
    /// empty one is not opened: the lock files are, and to close one gives up what this process has locked by it.
    ///
    /// @throws StorageUnavailableException if a file cannot be read, or the thread is interrupted
    static void look(Path directory, Sequences wanted) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes kind) throws IOException {
                    if (kind.size() > 0) {
                        read(file, wanted);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                    if (why instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw why;
                }
            });
        } catch (IOException e) {
            throw new StorageUnavailableException("the files of " + directory + " cannot be searched: " + e, e);
        }
    }

    private static void read(Path file, Sequences wanted) throws IOException {
        byte[] piece = new byte[PIECE + wanted.overlap()];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(piece, 0, PIECE); read > 0; read = in.readNBytes(piece, kept, PIECE)) {
                int length = kept + read;
                wanted.look(piece, length);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("stopped");
                }
                kept = Math.min(wanted.overlap(), length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
            }
        } catch (NoSuchFileException gone) {
            // compacted away
        }
    }
}
