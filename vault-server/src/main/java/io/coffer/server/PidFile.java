// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The file that holds the process's id while the daemon serves, for whoever sends it signals.
///
/// It is written when everything has started, so that a second daemon, which finds the data directory
/// taken, leaves the first one's alone; and removed last, so that a file that has gone means an ended
/// daemon.
final class PidFile implements AutoCloseable {
    private final Optional<Path> path;
    private final String id = Long.toString(ProcessHandle.current().pid());
    private boolean written;

    PidFile(Optional<Path> path) {
        this.path = path.map(Path::toAbsolutePath);
    }

    /// Replaces what a killed daemon has left, and never follows a link.
    ///
    /// @throws IOException if it cannot be written
    void write() throws IOException {
        if (path.isPresent()) {
            write(path.get());
            written = true;
        }
    }

    private void write(Path file) throws IOException {
        var readable = PosixFilePermissions.fromString("rw-r--r--");
        try {
            Path fresh = Files.createTempFile(file.getParent(), ".pid", "");
            Files.setPosixFilePermissions(fresh, readable);
            Files.writeString(fresh, id + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw new IOException(
                    "pid_file " + file + " cannot be written; check its directory's owner and mode", refused);
        }
    }

    /// Removes it, unless another process has put its own id there.
    @Override
    public void close() throws IOException {
        if (written && path.isPresent() && holds(path.get())) {
            Files.deleteIfExists(path.get());
        }
    }

    private boolean holds(Path file) throws IOException {
        return Files.exists(file)
                && Files.readString(file, StandardCharsets.UTF_8).strip().equals(id);
    }
}
